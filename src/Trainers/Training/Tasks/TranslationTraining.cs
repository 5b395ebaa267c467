using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The training of an encoder-decoder network: the loss is the cross-entropy of the target symbols.</summary>
/// <param name="network">The network.</param>
/// <param name="data">The pairs.</param>
/// <param name="options">The options of the trainer.</param>
/// <param name="baseline">The log-probability per validation symbol of a model that knows only the frequencies of the training symbols.</param>
/// <param name="translate">Computes BLEU of translations of the validation sources, given a function that throws on cancellation; null to use the loss.</param>
internal sealed class TranslationTraining(
    TranslationNetwork network, PairData data, RnnTranslationOptions options, double baseline, Func<Action, double>? translate) : ITrainingTask
{
    private const int ValidationBatchSize = 64;

    private readonly TargetSampler? _sampler = options.Sampling == RnnTargetSampling.Teacher ? null : new TargetSampler(network, options);

    private readonly RegionDropout _regions = new(options.Network.Regions?.Dropout ?? 0);

    public IReadOnlyList<Parameter> Parameters { get; } = network.Parameters.Trainable;

    public long ValidationTokens { get; } = data.ValidationPairs.Sum(pair => (long)data.Validation.Length(pair));

    public IReadOnlyList<double>? TakeGradientFlow() => network.Flow?.Take();

    public IReadOnlyList<TrainingStep> Epoch(int batchSize, Random random)
    {
        int[][] batches = data.Training.SharedSources is null ? ByLength(batchSize, random) : BySource(batchSize, random);
        return
        [
            .. batches.Select(pairs =>
                new TrainingStep(pairs, data.Training.Length(pairs), pairs.Sum(pair => data.Training.Target.Length(pair) - 1))),
        ];
    }

    private int[][] ByLength(int batchSize, Random random)
    {
        // Languages with parts of their own do not share batches.
        int[][] batches =
        [
            .. data.TrainingPairs.GroupBy(data.Training.LanguagesOf).SelectMany(group =>
                LengthBuckets.Cut([.. group], data.Training.Length, batchSize, random, options.MaximumBatchSymbols)),
        ];
        if (data.Training.Languages is not null) random.Shuffle(batches);
        return batches;
    }

    /// <summary>Puts pairs with the same source into the same batch, where it is encoded once. Sources come in random order.</summary>
    private int[][] BySource(int batchSize, Random random)
    {
        int[][] sources = [.. data.TrainingPairs.GroupBy(data.Training.SourceOf).Select(pairs => pairs.ToArray())];
        random.Shuffle(sources);
        return
        [
            .. sources.GroupBy(pairs => data.Training.LanguagesOf(pairs[0])).SelectMany(group =>
                LengthBuckets.Cut(group.SelectMany(pairs => pairs), data.Training.Length, batchSize, options.MaximumBatchSymbols)),
        ];
    }

    public Tensor Loss(TrainingStep step, ForwardMode mode)
    {
        PairBatch batch = _regions.Thin(PairBatch.Of(data.Training, step.Rows), mode);
        if (_sampler is not null) batch = _sampler.Replace(batch, mode);
        return network.Loss(batch, options.LabelSmoothing, mode).DividedBy(batch.Targets.Length);
    }

    public ValidationResult? Validate(Action check)
    {
        if (data.ValidationPairs.Length == 0) return null;
        using var noGradients = no_grad();
        double loss = 0;
        long count = 0;
        IEnumerable<int[]> batches = data.ValidationPairs.GroupBy(data.Validation.LanguagesOf).SelectMany(group =>
            LengthBuckets.Cut(group.OrderBy(data.Validation.Length), data.Validation.Length, ValidationBatchSize));
        foreach (int[] pairs in batches)
        {
            check();
            using DisposeScope scope = NewDisposeScope();
            PairBatch batch = PairBatch.Of(data.Validation, pairs);
            loss += network.Loss(batch, smoothing: 0, ForwardMode.Scoring).item<float>();
            count += batch.Targets.Length;
        }
        double mean = loss / count;
        return translate is null
            ? new ValidationResult(mean, "log-probability per symbol", -mean, baseline) { BaselineName = "the frequencies of single symbols" }
            : new ValidationResult(mean, "BLEU", translate(check));
    }

    /// <summary>A translation model is not calibrated: its loss is that of its probabilities.</summary>
    public double Calibrate(Action check) => 1;
}
