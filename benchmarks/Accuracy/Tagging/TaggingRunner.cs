using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy.Tagging;

/// <summary>Trains and scores a tagger, and formats the result as a row of a Markdown table.</summary>
internal sealed class TaggingRunner(string name, TaggedSet set)
{
    public const string Header = "| data set | steps train / test | seed | accuracy | span F1 | unknown words | training s | steps/s | scoring steps/s |\n"
        + "|---|---|---|---|---|---|---|---|---|";

    /// <summary>
    /// Measures this library with its default options, except for the seed, the threads, the options that the data requires and the changes in
    /// <paramref name="with"/>.
    /// </summary>
    /// <param name="seed">The random seed.</param>
    /// <param name="threads">The number of threads for training.</param>
    /// <param name="with">Changed options.</param>
    /// <param name="isQuantized">Whether a second row measures the same model with 8-bit weights.</param>
    public IEnumerable<string> Recurrent(int seed, int threads, string[] with, bool isQuantized)
    {
        var ml = new MLContext(seed);
        IDataView train = ml.Data.LoadFromEnumerable(set.Train), test = ml.Data.LoadFromEnumerable(set.Test);
        double steps = 0, epochs = 0;
        string[] frames = set.FrameSize > 0 ? [$"FrameSize={set.FrameSize}", $"InputColumnName={nameof(Sentence.Frames)}"] : [];
        RnnSequenceTaggingOptions options = ChangedOptions.Apply(new RnnSequenceTaggingOptions(), [.. frames, .. set.Nature, .. with]);
        options = options with
        {
            Training = options.Training with
            {
                Seed = seed,
                Threads = threads,
                ValidationSet = set.Validation is { } rows ? ml.Data.LoadFromEnumerable(rows) : null,
                Progress = new EndOfEpoch(p => (steps, epochs) = (steps + p.TokensPerSecond, epochs + 1)),
            },
        };
        var watch = Stopwatch.StartNew();
        RnnTransformer model = ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(train);
        double seconds = watch.Elapsed.TotalSeconds;
        string RowOf(RnnTransformer one, params string[] variant)
        {
            watch.Restart();
            double rate = Read(one.Transform(test)) / watch.Elapsed.TotalSeconds;
            RnnSequenceTaggingMetrics metrics = Evaluate(ml, one.Transform(test), train);
            return Row(string.Join(", ", [$"{name}, ours", .. with, .. variant]), seed, metrics, seconds, steps / epochs, rate);
        }
        yield return RowOf(model);
        if (isQuantized) yield return RowOf(model.Quantize(), "8-bit weights");
    }

    /// <summary>Measures the L-BFGS maximum entropy model of ML.NET, which predicts each step separately from a window of words or from one frame.</summary>
    public string Window()
    {
        var ml = new MLContext(1);
        IDataView Steps(IReadOnlyList<Sentence> part) =>
            ml.Data.LoadFromEnumerable(part.SelectMany(WindowFeatures.Of), WindowFeatures.Schema(set.FrameSize));
        IEstimator<ITransformer> featurizer = set.FrameSize > 0
            ? ml.Transforms.NormalizeMeanVariance("Features", nameof(WindowStep.Frame))
            : ml.Transforms.Text.ProduceWordBags("Features", nameof(WindowStep.Words), ngramLength: 1, useAllLengths: false, maximumNgramsCount: 2_000_000);
        var watch = Stopwatch.StartNew();
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("Label", nameof(WindowStep.Tag)).Append(featurizer).AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0.1f, l2Regularization: 0.1f, historySize: 5))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Steps(set.Train));
        double seconds = watch.Elapsed.TotalSeconds;
        watch.Restart();
        string[] predicted = [.. model.Transform(Steps(set.Test)).GetColumn<string>("PredictedLabel")];
        double rate = predicted.Length / watch.Elapsed.TotalSeconds;
        int at = 0;
        TaggedSentence[] sentences =
        [
            .. set.Test.Select(sentence => new TaggedSentence
            {
                Tokens = sentence.Tokens, Label = sentence.Label, PredictedLabel = predicted[at..(at += sentence.Label.Length)],
            }),
        ];
        RnnSequenceTaggingMetrics metrics = Evaluate(ml, ml.Data.LoadFromEnumerable(sentences), ml.Data.LoadFromEnumerable(set.Train));
        string features = set.FrameSize > 0 ? "a frame at a time" : "window features";
        return Row($"{name}, ML.NET LbfgsMaximumEntropy, {features}", 1, metrics, seconds, double.NaN, rate);
    }

    private RnnSequenceTaggingMetrics Evaluate(MLContext ml, IDataView scored, IDataView train) => set.FrameSize > 0
        ? ml.MulticlassClassification.EvaluateSequenceTagging(scored)
        : ml.MulticlassClassification.EvaluateSequenceTagging(scored, tokenColumnName: nameof(Sentence.Tokens), trainingData: train);

    private static long Read(IDataView scored)
    {
        long steps = 0;
        DataViewSchema.Column tags = scored.Schema["PredictedLabel"], scores = scored.Schema["Score"];
        using DataViewRowCursor cursor = scored.GetRowCursor([tags, scores]);
        ValueGetter<VBuffer<uint>> getTags = cursor.GetGetter<VBuffer<uint>>(tags);
        ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(scores);
        VBuffer<uint> row = default;
        VBuffer<float> confidence = default;
        while (cursor.MoveNext())
        {
            getTags(ref row);
            getScores(ref confidence);
            steps += row.Length;
        }
        return steps;
    }

    private string Row(string way, int seed, RnnSequenceTaggingMetrics metrics, double seconds, double stepsPerSecond, double scoringRate)
    {
        Console.Error.WriteLine(metrics);           // the table goes to standard output
        static string Number(double number, string format) => double.IsNaN(number) ? "" : number.ToString(format, CultureInfo.InvariantCulture);
        static string Percent(double share) => Number(100 * share, "F2");
        return string.Join(" | ",
            $"| {way}", $"{set.Train.Sum(s => s.Label.Length)} / {set.Test.Sum(s => s.Label.Length)}", seed, Percent(metrics.TokenAccuracy),
            Percent(metrics.SpanF1), Percent(metrics.UnknownTokenAccuracy), Number(seconds, "F1"), Number(stepsPerSecond, "N0"),
            $"{Number(scoringRate, "N0")} |");
    }

    private sealed class TaggedSentence
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];
    }
}
