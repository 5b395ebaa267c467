namespace MlNetRnn.Symbols;

/// <summary>A builder of a <see cref="SubwordCodec"/>: it counts the distinct pieces of the rows, then learns the merges.</summary>
/// <param name="capacity">The maximum number of distinct pieces that are counted.</param>
internal sealed class SubwordCodecBuilder(int capacity = TextCounts.DefaultCapacity) : SymbolCodecBuilder
{
    /// <summary>The number of units that every vocabulary of subwords has: the bytes.</summary>
    public const int MinimumSize = SubwordMerges.FirstMerge - SymbolCodec.FirstUnit;

    private readonly TextCounts _pieces = new(capacity);

    public override long CountError => _pieces.Error;

    public override void AddText(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int length = SubwordPieces.NextLength(text);
            // A piece of one byte has nothing to merge.
            if (length > 1 || text[0] > 0x7F) _pieces.Add(text[..length]);
            text = text[length..];
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no room for the bytes.</exception>
    public override SymbolCodec Build(int minimumCount, int maximumSize, Action? check = null)
    {
        if (maximumSize < MinimumSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximumSize), maximumSize,
                $"Vocabulary size: expected at least {MinimumSize} for subwords, which include every byte, got {maximumSize}. Choose a larger size.");
        }
        var learner = new MergeLearner(_pieces.FromFrequentToRare());
        return new SubwordCodec(new SubwordMerges(learner.Learn(maximumSize - MinimumSize, minimumCount, check)));
    }
}
