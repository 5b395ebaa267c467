using System.Text.Json.Serialization;
using Microsoft.ML;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>How a network learns.</summary>
public sealed record RnnTrainingOptions
{
    /// <summary>Rows a step of the optimizer sees: 1 to 100,000.</summary>
    /// <value>The default is 32.</value>
    [Valid.Range(1, 100_000)]
    public int BatchSize { get; init; } = 32;

    /// <summary>At most so many passes over the data: 1 to 100,000. See <see cref="Patience"/>.</summary>
    /// <value>The default is 30.</value>
    [Valid.Range(1, 100_000)]
    public int MaxEpochs { get; init; } = 30;

    /// <summary>The step size of Adam (Kingma and Ba, 2015): 1e-9 or more.</summary>
    /// <value>The default is 0.002.</value>
    [Valid.Range(1e-9f, float.MaxValue)]
    public float LearningRate { get; init; } = 0.002f;

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
    /// <see langword="null"/>, the seed of the <see cref="MLContext"/> decides.
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

    /// <summary>Receives a report after every batch and after every epoch, on the thread that trains.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    [JsonIgnore]
    public IProgress<RnnTrainingProgress>? Progress { get; init; }

    /// <summary>Stops training within a batch; Fit then throws <see cref="OperationCanceledException"/>.</summary>
    /// <value>The default is <see cref="CancellationToken.None"/>.</value>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }
}
