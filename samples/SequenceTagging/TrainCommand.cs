using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>Trains on the user's own files: read → train → measure → save.</summary>
internal static class TrainCommand
{
    /// <summary>The number of sequences that are tagged before the time is measured: code is compiled when it is first used.</summary>
    private const int WarmUp = 100;

    public static int Run(TrainSettings settings, ParseResult result) => TrainingRun.Guard("train", () => Train(settings, result));

    private static void Train(TrainSettings settings, ParseResult result)
    {
        MLContext ml = TrainingRun.Context(result.GetValue(settings.Seed));
        settings.RefuseUnwritable(result);
        string[] train = InputFiles.Of(result, settings.Train);
        TaggedFormat format = settings.FormatOf(result, train);
        TaggedData data = TaggedData.Read(ml, format, train, InputFiles.Of(result, settings.Validation), InputFiles.Of(result, settings.Test));
        RnnSequenceTaggingOptions options = settings.Tagging(result, format);

        Trained<RnnTransformer> trained = TrainingView.Run(progress => ml.MulticlassClassification.Trainers
            .RnnSequenceTagging(options with { Training = settings.Training(result, progress) with { ValidationSet = data.Validation } }).Fit(data.Train));
        var tagger = new Tagger(ml, trained.Model);
        if (result.GetValue(settings.Model) is { } model) tagger.Save(model.FullName);
        if (result.GetValue(settings.Onnx) is { } onnx) tagger.Rnn.SaveAsOnnx(onnx.FullName);

        RnnSequenceTaggingMetrics metrics = format.FrameSize > 0
            ? ml.MulticlassClassification.EvaluateSequenceTagging(tagger.Rnn.Transform(data.Test), format.LabelColumn)
            : ml.MulticlassClassification.EvaluateSequenceTagging(
                tagger.Rnn.Transform(data.Test), format.LabelColumn, tokenColumnName: format.InputColumn, trainingData: data.Train);
        if (metrics.MismatchedSentences > 0)
            Console.WriteLine($"warning: {metrics.MismatchedSentences} {format.Rows} are longer than the maximum length of the model and were not measured");
        Console.WriteLine($"Measured on {data.MeasuredOn}:");
        TrainingRun.Print("TokenAccuracy", metrics.TokenAccuracy, "F4");
        TrainingRun.Print("SpanF1", metrics.SpanF1, "F4");
        TrainingRun.Print("UnknownTokenAccuracy", metrics.UnknownTokenAccuracy, "F4");
        TrainingRun.Print("TrainSeconds", trained.Seconds, "F1");
        TrainingRun.Print("TrainTokensPerSecond", trained.TokensPerSecond, "F0");
        TrainingRun.Print(
            "ScoreTokensPerSecond", format.FrameSize > 0 ? TokensPerSecond<float>(tagger, data.Test) : TokensPerSecond<string>(tagger, data.Test), "F0");
    }

    /// <summary>Measures the number of tokens or frames that a model tags per second, including the conversion of tags to text.</summary>
    private static double TokensPerSecond<T>(Tagger tagger, IDataView data)
    {
        Sequence<T>[] sequences = [.. data.GetColumn<T[]>(tagger.Rnn.InputColumnName).Select(steps => new Sequence<T> { Steps = steps })];
        int Read(IEnumerable<Sequence<T>> rows) => tagger.Transform(rows).GetColumn<ReadOnlyMemory<char>[]>(Tagger.Answer).Sum(answer => answer.Length);
        Read(sequences.Take(WarmUp));
        var watch = Stopwatch.StartNew();
        return Read(sequences) / watch.Elapsed.TotalSeconds;
    }
}
