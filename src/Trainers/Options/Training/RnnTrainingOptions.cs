using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetRnn.Options;
using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for training a network.</summary>
public sealed record RnnTrainingOptions : Valid.IValidatableObject
{
    /// <summary>Number of rows per optimizer step.</summary>
    /// <value>1 to 100,000. The default is 32.</value>
    [Valid.Range(1, 100_000)]
    [Sweep.Choice(new object[] { 16, 32, 64 }, 32)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Maximum number of epochs, that is, passes over the training data. Training may end sooner; see <see cref="Patience"/>.</summary>
    /// <value>1 to 100,000. The default is 30.</value>
    [Valid.Range(1, 100_000)]
    public int MaxEpochs { get; init; } = 30;

    /// <summary>
    /// Maximum duration of Fit. Training ends in time for a last validation, in the middle of an epoch if necessary, and the best epoch is kept, which can be
    /// the incomplete one. Learning-rate schedules end at this time if it comes before the end of <see cref="MaxEpochs"/>.
    /// </summary>
    /// <remarks>
    /// <para>The model then depends on the speed of the machine: the same seed does not give the same model again.</para>
    /// <para>The duration is exceeded if reading the data and one validation take longer than that. A training that resumes from a checkpoint has the whole
    /// duration again.</para>
    /// </remarks>
    /// <value>More than 0. The default is <see langword="null"/>: no limit.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? MaximumTime { get; init; }

    /// <summary>Learning rate of the Adam optimizer (Kingma and Ba, 2015).</summary>
    /// <value>1e-9 or more. The default is 0.002.</value>
    [Valid.Range(1e-9f, float.MaxValue)]
    [Sweep.Range(1e-3f, 1e-2f, 0.002f, true)]
    public float LearningRate { get; init; } = 0.002f;

    /// <summary>How the learning rate changes during training.</summary>
    /// <value>The default is <see cref="RnnLearningRateSchedule.Constant"/>.</value>
    public RnnLearningRateSchedule Schedule { get; init; } = RnnLearningRateSchedule.Constant;

    /// <summary>Number of optimizer steps at the start of training during which the learning rate rises linearly from 0 (Goyal et al., 2017).</summary>
    /// <value>0 or more. The default is 0.</value>
    [Valid.Range(0, int.MaxValue)]
    public int WarmupSteps { get; init; }

    /// <summary>
    /// Decoupled weight decay: each step multiplies the weights by 1 − learning rate · weight decay (AdamW; Loshchilov and Hutter, 2019). Biases do not decay.
    /// Of the word vectors, only those of the words in the batch decay.
    /// </summary>
    /// <value>0 to 100. The default is 0.1.</value>
    [Valid.Range(0f, 100f)]
    public float WeightDecay { get; init; } = 0.1f;

    /// <summary>
    /// Decay of the exponential moving average of the weights (Polyak and Juditsky, 1992): the share of the average that is kept at each step. The trained
    /// model consists of the averaged weights, and validation uses them as well. With 0, the model consists of the weights of the last step.
    /// </summary>
    /// <value>0 to 0.99999. The default is 0.998.</value>
    [Valid.Range(0f, 0.99999f)]
    [JsonPropertyName("WeightAveraging")] // the name in model files
    public float ExponentialMovingAverage { get; init; } = 0.998f;

    /// <summary>
    /// Maximum norm of the gradient. A gradient with a greater norm is scaled down to it (gradient clipping; Pascanu et al., 2013). Progress reports contain
    /// the norm before clipping.
    /// </summary>
    /// <value>1e-9 or more. The default is 5.</value>
    [Valid.Range(1e-9f, float.MaxValue)]
    public float MaximumGradientNorm { get; init; } = 5;

    /// <summary>
    /// Share of the training rows that is held out to select the best epoch if <see cref="ValidationSet"/> is <see langword="null"/>. With 0, or if the share
    /// is less than one row, training uses all rows and keeps the last epoch.
    /// </summary>
    /// <value>0 to 0.9. The default is 0.1.</value>
    [Valid.Range(0.0, 0.9)]
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>
    /// Data for selecting the best epoch, instead of a share of the training rows. It must have the schema of the training data. Apply the same fitted
    /// transforms to both, in particular <c>MapValueToKey</c>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: a share of the training rows is held out.</value>
    [JsonIgnore]
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// Number of consecutive epochs without a better metric or a lower loss on the validation data after which training stops. Epochs within the first 300
    /// optimizer steps do not count. The model of the epoch with the best metric is kept.
    /// </summary>
    /// <value>1 or more. The default is 4.</value>
    [Valid.Range(1, int.MaxValue)]
    public int Patience { get; init; } = 4;

    /// <summary>Seed of all random numbers. The same seed, data and options give the same model, byte for byte, if training uses one thread.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the seed of the <see cref="MLContext"/> is used for every trainer of that context, or a random number if the
    /// context has none.
    /// </value>
    public int? Seed { get; init; }

    /// <summary>
    /// Number of threads that training may use; 0 for one per core. A bidirectional network uses one thread per direction, so more than 2 threads do not make
    /// it faster, and the number does not change its result. A unidirectional recurrent layer divides its rows and units among all threads. Networks without
    /// recurrent layers let libtorch use all threads.
    /// </summary>
    /// <value>0 to 1,024. The default is 0.</value>
    [Valid.Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>
    /// Number of loop iterations for which an idle libtorch thread waits actively before it sleeps. The default of libtorch makes other work on the same cores
    /// several times slower. Applies on Linux, to the first training in a process, unless the environment variable GOMP_SPINCOUNT is set.
    /// </summary>
    /// <value>0 to 1,000,000,000. The default is 10,000.</value>
    [Valid.Range(0, 1_000_000_000)]
    public int SpinCount { get; init; } = 10_000;

    /// <summary>
    /// Directory for checkpoints. After every epoch, the state of the training is written to a file in this directory, which replaces the previous one
    /// atomically.
    /// </summary>
    /// <remarks>
    /// If training is interrupted, call Fit again with the same data, options and seed to continue. The result has the same bytes as that of an uninterrupted
    /// training. The file name depends on data and options, so that several trainings can share a directory. The file is deleted when training completes and
    /// kept when training is canceled. Requires <see cref="Seed"/>.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: no checkpoints are written.</value>
    [JsonIgnore]
    public string? CheckpointFolder { get; init; }

    /// <summary>
    /// Whether the progress report at the end of each epoch includes <see cref="RnnTrainingProgress.GradientFlow"/>: the gradient that reaches earlier steps.
    /// Applies to recurrent cells on the CPU; the layers of a network that reads forward only then run on one thread.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    [JsonIgnore]
    public bool ReportGradientFlow { get; init; }

    /// <summary>Receives a report after every batch and after every epoch, on the training thread.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    [JsonIgnore]
    public IProgress<RnnTrainingProgress>? Progress { get; init; }

    /// <summary>Token that cancels training within a batch. <see cref="OnCancel"/> sets what Fit does then.</summary>
    /// <value>The default is <see cref="CancellationToken.None"/>.</value>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// What Fit does when training is canceled by <see cref="CancellationToken"/> or by the <see cref="MLContext"/>, for example when the time limit of an
    /// AutoML experiment is reached.
    /// </summary>
    /// <value>The default is <see cref="RnnOnCancel.Throw"/>.</value>
    public RnnOnCancel OnCancel { get; init; } = RnnOnCancel.Throw;

    /// <summary>The part of the rows that is held out instead of a random share; null for a random share.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal TrainingFold? Fold { get; init; }

    /// <summary>The options that identify a training: all but those that do not change its result.</summary>
    internal RnnTrainingOptions Identity => this with { Threads = 0, SpinCount = 0, OnCancel = RnnOnCancel.Throw };

    IEnumerable<Valid.ValidationResult> Valid.IValidatableObject.Validate(Valid.ValidationContext validationContext)
    {
        if (LearningRate * WeightDecay >= 1)
            yield return new Valid.ValidationResult(FormattableString.Invariant(
                $"{nameof(WeightDecay)}: expected less than 1 / {nameof(LearningRate)}, got {WeightDecay}: a step would remove more than the whole weight"));
        if (MaximumTime <= TimeSpan.Zero)
            yield return new Valid.ValidationResult($"{nameof(MaximumTime)}: expected more than 0, got {MaximumTime}");
        if (CheckpointFolder is not null && Seed is null)
            yield return new Valid.ValidationResult(
                $"{nameof(Seed)}: expected a number when {nameof(CheckpointFolder)} is set, got null: training can continue only with the same seed");
        if (Schedule == RnnLearningRateSchedule.Plateau && ValidationSet is null && ValidationFraction == 0)
            yield return new Valid.ValidationResult(
                $"{nameof(Schedule)}: expected Constant or Linear without validation data (see {nameof(ValidationSet)}), got Plateau");
    }
}
