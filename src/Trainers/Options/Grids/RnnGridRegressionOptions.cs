using MlNetRnn.Columns;
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

    internal override RnnTextRegressionOptions ToSequence(GridReading reading, int channels) => new()
    {
        InputColumnName = InputColumnName,
        LabelColumnName = LabelColumnName,
        ExampleWeightColumnName = ExampleWeightColumnName,
        ScoreColumnName = ScoreColumnName,
        AttentionColumnName = AttentionColumnName,
        FrameSize = channels,
        Grid = reading,
        Network = Network.ToPooled(),
        Training = Training,
    };
}
