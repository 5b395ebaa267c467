using MlNetRnn.Sequences;

namespace MlNetRnn.Columns;

/// <summary>How the values of a sequence column become token numbers. Travels in the model file.</summary>
internal sealed record SequenceReading
{
    /// <summary>The name of the <see cref="SequenceKind"/>.</summary>
    public required string Kind { get; init; }

    public RnnTokenization Tokenization { get; init; }

    public bool LowerCase { get; init; }

    /// <summary>Longer sequences are cut after so many tokens.</summary>
    public int MaximumLength { get; init; }
}
