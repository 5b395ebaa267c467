using System.Text.Json.Serialization;
using Microsoft.ML;
using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>How a network learns.</summary>
public sealed record RnnTrainingOptions : Valid.IValidatableObject
{
    /// <summary>Rows a step of the optimizer sees: 1 to 100,000.</summary>
    /// <value>The default is 32.</value>
    [Valid.Range(1, 100_000)]
    [Sweep.Choice(new object[] { 16, 32, 64 }, 32)]
    public int BatchSize { get; init; } = 32;

    /// <summary>At most so many passes over the data: 1 to 100,000. See <see cref="Patience"/>.</summary>
    /// <value>The default is 30.</value>
    [Valid.Range(1, 100_000)]
    public int MaxEpochs { get; init; } = 30;

    /// <summary>The step size of Adam (Kingma and Ba, 2015): 1e-9 or more.</summary>
    /// <value>The default is 0.002.</value>
    [Valid.Range(1e-9f, float.MaxValue)]
    [Sweep.Range(1e-3f, 1e-2f, 0.002f, true)]
    public float LearningRate { get; init; } = 0.002f;

    /// <summary>How the step size changes while the network learns.</summary>
    /// <value>The default is <see cref="RnnLearningRateSchedule.Constant"/>.</value>
    public RnnLearningRateSchedule Schedule { get; init; } = RnnLearningRateSchedule.Constant;

    /// <summary>Over so many first steps of the optimizer the step size rises in a straight line from 0 (Goyal et al., 2017): 0 or more.</summary>
    /// <value>The default is 0.</value>
    [Valid.Range(0, int.MaxValue)]
    public int WarmupSteps { get; init; }

    /// <summary>
    /// The share of a weight that a step takes away for each unit of the step size (AdamW; Loshchilov and Hutter, 2019): 0 to 100. Biases are
    /// spared; of the word vectors only those of the words in the batch decay.
    /// </summary>
    /// <value>The default is 0.1.</value>
    [Valid.Range(0f, 100f)]
    public float WeightDecay { get; init; } = 0.1f;

    /// <summary>
    /// The model is the exponential moving average of the weights over the steps (Polyak and Juditsky, 1992), with this share of the average kept
    /// at each step: 0 to 0.99999; 0 for the weights of the last step. With an average the validation results are those of the averaged weights.
    /// </summary>
    /// <value>The default is 0.998.</value>
    [Valid.Range(0f, 0.99999f)]
    [JsonPropertyName("WeightAveraging")] // the name in model files
    public float ExponentialMovingAverage { get; init; } = 0.998f;

    /// <summary>
    /// Gradients of a greater norm are scaled down to it (Pascanu et al., 2013; lecture row L18): 1e-9 or more. Progress reports the norm as it
    /// was before.
    /// </summary>
    /// <value>The default is 5.</value>
    [Valid.Range(1e-9f, float.MaxValue)]
    public float MaximumGradientNorm { get; init; } = 5;

    /// <summary>
    /// The share of the rows that is held out to choose the best epoch where no <see cref="ValidationSet"/> is given: 0 to 0.9. With 0, or
    /// where it comes to less than one row, all rows are learned and the last epoch is kept.
    /// </summary>
    /// <value>The default is 0.1.</value>
    [Valid.Range(0.0, 0.9)]
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>
    /// Rows to choose the best epoch by, instead of a share of the training rows. Their schema must be that of the training data: pass
    /// them through the same fitted transforms (MapValueToKey above all).
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    [JsonIgnore]
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// Training stops after so many epochs with neither a better metric nor a lower loss on the validation rows: 1 or more. Epochs within the
    /// first 300 steps of the optimizer do not count. The epoch with the best metric is the one kept.
    /// </summary>
    /// <value>The default is 4.</value>
    [Valid.Range(1, int.MaxValue)]
    public int Patience { get; init; } = 4;

    /// <summary>
    /// The seed of everything random: the same seed, data, options and one thread give the same model, byte for byte. Where it is
    /// <see langword="null"/>, the seed of the <see cref="MLContext"/> takes its place, for every trainer of that context alike; where that has none, a random number.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public int? Seed { get; init; }

    /// <summary>
    /// How many threads learning may use: 0 for one per core, else 1 to 1024. A bidirectional network uses one for each direction, so more
    /// than 2 make no difference to it, nor does the number to the result; a forward one gives all of them to libtorch.
    /// </summary>
    /// <value>The default is 0.</value>
    [Valid.Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>
    /// How long an idle thread of libtorch waits actively for work before it sleeps, in turns of its loop: 0 to 1,000,000,000. On Linux, for the first
    /// training of a process only, where the environment variable GOMP_SPINCOUNT does not say it. libtorch's own default slows other work on the
    /// same cores down several times.
    /// </summary>
    /// <value>The default is 10,000.</value>
    [Valid.Range(0, 1_000_000_000)]
    public int SpinCount { get; init; } = 10_000;

    /// <summary>
    /// A folder that holds the state of the training after every epoch, in a file that is replaced in one step. Fit with the same data, options and
    /// seed goes on from there, and ends with the same bytes as if it had never been broken off. The file is named after data and options, so that
    /// several trainings may share a folder, and is deleted when the training has come to its end; a cancelled one keeps it.
    /// </summary>
    /// <value>The default is <see langword="null"/>: nothing is kept.</value>
    [JsonIgnore]
    public string? CheckpointFolder { get; init; }

    /// <summary>Whether the reports at the end of epochs tell how much of the gradient reaches earlier steps: <see cref="RnnTrainingProgress.GradientFlow"/>. Recurrent cells on the CPU only.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [JsonIgnore]
    public bool ReportGradientFlow { get; init; }

    /// <summary>Receives a report after every batch and after every epoch, on the thread that trains.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    [JsonIgnore]
    public IProgress<RnnTrainingProgress>? Progress { get; init; }

    /// <summary>Stops training within a batch. What Fit does then is <see cref="OnCancel"/>'s matter.</summary>
    /// <value>The default is <see cref="CancellationToken.None"/>.</value>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What Fit does when it is stopped by <see cref="CancellationToken"/> or by the <see cref="MLContext"/>, as AutoML does when its time is over.</summary>
    /// <value>The default is <see cref="RnnOnCancel.Throw"/>.</value>
    public RnnOnCancel OnCancel { get; init; } = RnnOnCancel.Throw;

    IEnumerable<Valid.ValidationResult> Valid.IValidatableObject.Validate(Valid.ValidationContext validationContext)
    {
        if (LearningRate * WeightDecay >= 1)
            yield return new Valid.ValidationResult(FormattableString.Invariant($"{nameof(WeightDecay)}: expected less than 1 / {nameof(LearningRate)}, got {WeightDecay}: a step would take more than the whole weight away"));
        if (CheckpointFolder is not null && Seed is null)
            yield return new Valid.ValidationResult($"{nameof(Seed)}: expected a number where {nameof(CheckpointFolder)} is set, got null: with another seed a training would begin anew");
        if (Schedule == RnnLearningRateSchedule.Plateau && ValidationSet is null && ValidationFraction == 0)
            yield return new Valid.ValidationResult($"{nameof(Schedule)}: expected Constant or Linear where no rows validate ({nameof(ValidationSet)}, {nameof(ValidationFraction)}), got Plateau");
    }
}
