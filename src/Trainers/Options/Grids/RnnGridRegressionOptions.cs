using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// Options for <c>Regression.Trainers.RnnGridRegression</c>. Immutable. Values are validated when the trainer is created; all errors are reported together.
/// </summary>
public sealed record RnnGridRegressionOptions : RnnGridOptions
{
    /// <inheritdoc cref="RnnGridClassificationOptions.AttentionColumnName"/>
    public string? AttentionColumnName { get; init; }

    private protected override IEnumerable<(string Option, string? Column)> OwnOutputs => [(nameof(AttentionColumnName), AttentionColumnName)];

    private protected override IEnumerable<string> OwnFaults => GridOptionFaults.OfAttention(AttentionColumnName, Network);

    private protected override RnnSequenceOptions OwnOfSequence => new RnnTextRegressionOptions
    {
        AttentionColumnName = AttentionColumnName,
        Network = Network.ToPooled(),
    };
}
