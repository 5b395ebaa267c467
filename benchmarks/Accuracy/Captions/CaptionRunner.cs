using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy.Captions;

/// <summary>Trains and evaluates captioning models, and formats the results as rows of a Markdown table.</summary>
internal sealed class CaptionRunner(string name, CaptionSet set)
{
    public const string Header = "| captions | seed | BLEU-4 dev | BLEU-4 test | training s | epochs | symbols/s | captions/s, beam 5 |\n"
        + "|---|---|---|---|---|---|---|---|";

    private readonly MLContext _ml = new(1);
    private readonly List<RnnCaptioningTransformer> _models = [];

    /// <summary>Measures a network with the options of this benchmark, changed as stated.</summary>
    /// <param name="seed">The random seed.</param>
    /// <param name="threads">The number of threads for training.</param>
    /// <param name="time">The maximum duration of the training; null for no limit.</param>
    /// <param name="with">Changed options.</param>
    /// <param name="isQuantized">Whether a second row measures the same model with 8-bit weights.</param>
    public IEnumerable<string> Recurrent(int seed, int threads, TimeSpan? time, string[] with, bool isQuantized)
    {
        double rate = 0;
        int epochs = 0;
        RnnCaptioningOptions options = ChangedOptions.Apply(Options(), with);
        options = options with
        {
            Training = options.Training with
            {
                Seed = seed,
                Threads = threads,
                MaximumTime = time,
                ValidationSet = Rows(set.Development),
                Progress = new EndOfEpoch(p =>
                {
                    (rate, epochs) = (rate + p.TokensPerSecond, epochs + 1);
                    Console.Error.WriteLine(FormattableString.Invariant(
                        $"epoch {p.Epoch}: loss {p.Loss:F4}, validation loss {p.ValidationLoss:F4}, {p.MetricName} {p.ValidationMetric:F3}"));
                }),
            },
        };
        var watch = Stopwatch.StartNew();
        RnnCaptioningTransformer model = _ml.Transforms.Text.RnnCaptioning(options).Fit(Rows(set.Train));
        double seconds = watch.Elapsed.TotalSeconds;
        _models.Add(model);
        string way = string.Join(", ", [$"{name}, ours", .. with]);
        yield return Row(way, model, $"{seed}", FormattableString.Invariant($"{seconds:F0} | {epochs} | {rate / epochs:N0}"));
        if (isQuantized) yield return Row($"{way}, 8-bit weights", model.Quantize(), $"{seed}", " | | ");
    }

    /// <summary>Measures all networks that were trained together.</summary>
    public IEnumerable<string> Ensembles()
    {
        if (_models.Count > 1) yield return Row($"{name}, the {_models.Count} networks together", _ml.Rnn().CreateEnsemble(_models.ToArray()), "", " | | ");
    }

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

    private string Row(string way, RnnCaptioningTransformer model, string seed, string training)
    {
        (double development, double rate) = Evaluate(model, set.Development);
        string test = set.Test.Count == 0 ? "" : Number(Evaluate(model, set.Test).Bleu);
        return string.Create(CultureInfo.InvariantCulture, $"| {way} | {seed} | {Number(development)} | {test} | {training} | {rate:N0} |");
    }

    private (double Bleu, double CaptionsPerSecond) Evaluate(RnnCaptioningTransformer model, IReadOnlyList<CaptionedImage> images)
    {
        RnnCaptioner captioner = _ml.Rnn().CreateCaptioner(model);
        var watch = Stopwatch.StartNew();
        IReadOnlyList<IReadOnlyList<RnnCaption>> found = captioner.CaptionMany([.. images.Select(image => image.Features)]);
        double seconds = watch.Elapsed.TotalSeconds;
        IDataView rows = _ml.Data.LoadFromEnumerable(images.Zip(found, (image, captions) => new Captioned
        {
            Translation = captions[0].Text, Target = [.. image.Captions],
        }));
        var evaluation = new RnnTranslationEvaluationOptions { Tokenization = RnnBleuTokenization.None };
        return (_ml.Rnn().EvaluateTranslation(rows, options: evaluation).Bleu.Score, images.Count / seconds);
    }

    private IDataView Rows(IReadOnlyList<CaptionedImage> images)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(CaptionRow));
        schema[nameof(CaptionRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, images[0].Features.Length);
        return _ml.Data.LoadFromEnumerable(
            images.SelectMany(image => image.Captions.Select(caption => new CaptionRow { Features = image.Features, Target = caption })), schema);
    }

    private static string Number(double score) => score.ToString("F2", CultureInfo.InvariantCulture);

    private sealed class CaptionRow
    {
        public float[] Features { get; set; } = [];

        public string Target { get; set; } = "";
    }

    private sealed class Captioned
    {
        public string Translation { get; set; } = "";

        public string[] Target { get; set; } = [];
    }
}
