using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy.Captions;

/// <summary>Trains and evaluates captioning models, and formats the results as rows of a Markdown table.</summary>
internal sealed class CaptionRunner(string name, CaptionSet set)
{
    public const string Header = "| captions | seed | part | BLEU-4 | BLEU-1 | CIDEr-D | ROUGE-L | METEOR | length ratio | words | new | mentioned "
        + "| training s | epochs | symbols/s | captions/s, beam 5 |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";

    private readonly MLContext _ml = new(1);
    private readonly List<RnnCaptioningTransformer> _models = [];
    private readonly Dictionary<string, double> _bleu4 = [];

    /// <summary>
    /// The BLEU-4 of the last row of each part, for programs that read the output: of the last network, or of all networks together if there are several.
    /// </summary>
    public IEnumerable<string> Figures => _bleu4.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key}Bleu4: {figure.Value:F2}"));

    /// <summary>Measures a network with the options of this benchmark and its data set, changed as stated.</summary>
    /// <param name="seed">The random seed.</param>
    /// <param name="threads">The number of threads for training.</param>
    /// <param name="time">The maximum duration of the training; null for no limit.</param>
    /// <param name="with">Changed options.</param>
    /// <param name="isQuantized">Whether a second row measures the same model with 8-bit weights.</param>
    public IEnumerable<string> Recurrent(int seed, int threads, TimeSpan? time, string[] with, bool isQuantized)
    {
        double rate = 0;
        int epochs = 0;
        RnnCaptioningOptions options = ChangedOptions.Apply(Options(), [.. set.Nature, .. with]);
        options = options with
        {
            Training = options.Training with
            {
                Seed = seed,
                Threads = threads,
                MaximumTime = time,
                ValidationSet = Rows(set.Development),
                Progress = new EndOfEpoch(p => (rate, epochs) = (rate + p.TokensPerSecond, epochs + 1)),
            },
        };
        var watch = Stopwatch.StartNew();
        RnnCaptioningTransformer model = _ml.Transforms.Text.RnnCaptioning(options).Fit(Rows(set.Train));
        double seconds = watch.Elapsed.TotalSeconds;
        _models.Add(model);
        string way = string.Join(", ", [$"{name}, ours", .. with]);
        foreach (string row in Rows(way, model, $"{seed}", FormattableString.Invariant($"{seconds:F0} | {epochs} | {rate / epochs:N0}"))) yield return row;
        if (!isQuantized) yield break;
        foreach (string row in Rows($"{way}, 8-bit weights", model.Quantize(), $"{seed}", " | | ")) yield return row;
    }

    /// <summary>Measures all networks that were trained together.</summary>
    public IEnumerable<string> Ensembles() => _models.Count > 1
        ? Rows($"{name}, the {_models.Count} networks together", _ml.Rnn().CreateEnsemble(_models.ToArray()), "", " | | ")
        : [];

    private RnnCaptioningOptions Options() => new()
    {
        RegionSize = set.RegionSize,
        GridWidth = set.GridSide,
        GridHeight = set.GridSide,
        Unit = RnnLanguageUnit.Whitespace,
        Network = new() { Attention = set.RegionSize > 0 ? RnnAttention.Additive : RnnAttention.None },
        Training = new()
        {
            BatchSize = 64,
            MaxEpochs = 15,
            Patience = 5,
            Schedule = RnnLearningRateSchedule.Linear,
            ExponentialMovingAverage = 0.999f,
            MaximumGradientNorm = 1,
        },
    };

    private IEnumerable<string> Rows(string way, RnnCaptioningTransformer model, string seed, string training)
    {
        foreach ((string part, IReadOnlyList<CaptionedImage> images) in new[] { ("Dev", set.Development), ("Test", set.Test) })
        {
            if (images.Count == 0) continue;
            RnnCaptioner captioner = _ml.Rnn().CreateCaptioner(model);
            var watch = Stopwatch.StartNew();
            IReadOnlyList<IReadOnlyList<RnnCaption>> found = captioner.CaptionMany([.. images.Select(image => image.Features)]);
            double seconds = watch.Elapsed.TotalSeconds;
            string[] captions = [.. images.Select((image, i) => image.Complete(found[i][0].Text))];
            RnnCaptioningMetrics metrics = Evaluate(captions, images);
            _bleu4[part] = 100 * metrics.Bleu4;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"| {way} | {seed} | {part.ToLowerInvariant()} | {100 * metrics.Bleu4:F2} | {100 * metrics.Bleu1:F2} | {metrics.CiderD:F3} ")
                + string.Create(CultureInfo.InvariantCulture,
                $"| {metrics.RougeL:F3} | {metrics.Meteor:F3} | {metrics.LengthRatio:F3} | {metrics.DistinctWords} | {metrics.NewCaptions:P0} ")
                + string.Create(CultureInfo.InvariantCulture, $"| {Mentioned(captions, images)} | {training} | {images.Count / seconds:N0} |");
        }
    }

    private RnnCaptioningMetrics Evaluate(string[] captions, IReadOnlyList<CaptionedImage> images)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(images.Select((image, i) => new Captioned
        {
            Caption = captions[i],
            References = [.. image.Captions.Select(image.Complete)],
        }));
        IDataView training = _ml.Data.LoadFromEnumerable(set.Train.Select(image => new Captioned { References = [.. image.Captions.Select(image.Complete)] }));
        return _ml.Rnn().EvaluateCaptioning(
            rows, trainingData: training, options: new RnnCaptioningEvaluationOptions { Tokenization = RnnCaptionTokenization.None });
    }

    /// <summary>Returns the share of the values that the captions mention; nothing if they are not known.</summary>
    private static string Mentioned(string[] captions, IReadOnlyList<CaptionedImage> images)
    {
        bool[] found = [.. images.Zip(captions).SelectMany(pair => pair.First.Mentioned(pair.Second))];
        return found.Length == 0 ? "" : found.Average(isFound => isFound ? 1.0 : 0).ToString("P1", CultureInfo.InvariantCulture);
    }

    private IDataView Rows(IReadOnlyList<CaptionedImage> images)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(CaptionRow));
        schema[nameof(CaptionRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, images[0].Features.Length);
        return _ml.Data.LoadFromEnumerable(
            images.SelectMany(image => image.Captions.Select(caption => new CaptionRow { Features = image.Features, Target = caption })), schema);
    }

    private sealed class CaptionRow
    {
        public float[] Features { get; set; } = [];

        public string Target { get; set; } = "";
    }

    private sealed class Captioned
    {
        public string Caption { get; set; } = "";

        public string[] References { get; set; } = [];
    }
}
