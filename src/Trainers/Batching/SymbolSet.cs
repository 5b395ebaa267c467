using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>
/// The symbols of a language model in memory, four bytes each. Each sequence is a document, or a stream of documents; it begins and ends with the boundary.
/// </summary>
/// <param name="sequences">The sequences.</param>
/// <param name="isStream">Whether the sequences are streams, which may be cut anywhere, rather than documents.</param>
internal sealed class SymbolSet(SequenceStore sequences, bool isStream)
{
    /// <summary>Pieces of a stream that are validated at once overlap by this number of symbols, which prepare the state.</summary>
    private const int Overlap = 256;

    /// <summary>The least number of symbols in a piece of a stream.</summary>
    private const int LeastPiece = 64;

    /// <summary>Whether the sequences are streams.</summary>
    public bool IsStream => isStream;

    /// <summary>The sequences.</summary>
    public SequenceStore Sequences => sequences;

    /// <summary>The number of predictions: every symbol but the first of each sequence.</summary>
    public long Predictions => sequences.StepCount - sequences.Count;

    /// <summary>
    /// Returns the parts that are trained side by side: whole documents, or a stream in contiguous pieces of nearly equal length, the longer ones first.
    /// </summary>
    /// <param name="pieces">The number of pieces of a stream.</param>
    public SymbolSegment[] ForTraining(int pieces) => isStream ? Cut(pieces, overlap: 0) : Whole();

    /// <summary>Returns the parts that are validated side by side. Pieces of a stream overlap, so that each has a context.</summary>
    /// <param name="pieces">The number of pieces of a stream.</param>
    public SymbolSegment[] ForValidation(int pieces) => isStream ? Cut(pieces, Overlap) : Whole();

    private SymbolSegment[] Whole() => [.. Enumerable.Range(0, sequences.Count).Select(i => new SymbolSegment(i, 0, sequences.Length(i) - 1))];

    private SymbolSegment[] Cut(int pieces, int overlap) =>
    [
        .. Enumerable.Range(0, sequences.Count).SelectMany(sequence =>
        {
            int length = sequences.Length(sequence) - 1;
            int count = Math.Clamp(length / Math.Max(LeastPiece, 4 * overlap), 1, pieces), size = length / count, longer = length % count;
            return Enumerable.Range(0, count).Select(i =>
            {
                int start = i * size + Math.Min(i, longer), own = size + (i < longer ? 1 : 0), before = Math.Min(start, overlap);
                return new SymbolSegment(sequence, start - before, own + before, before);
            });
        }),
    ];
}
