using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>A window of several segments: the inputs of a batch, and the symbols to predict.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Targets">The symbol after each input, in the order of the batch, [N]; −1 where the prediction does not count.</param>
/// <param name="Counted">The number of predictions that count.</param>
internal sealed record SymbolWindow(PackedBatch Inputs, int[] Targets, int Counted)
{
    /// <summary>Returns a window of segments.</summary>
    /// <param name="sequences">The symbols.</param>
    /// <param name="segments">The segments, longer ones first. Those that end before the window are left out.</param>
    /// <param name="from">The first input of the window in each segment.</param>
    /// <param name="length">The maximum number of inputs.</param>
    public static SymbolWindow Of(SequenceStore sequences, IReadOnlyList<SymbolSegment> segments, int from, int length)
    {
        int count = segments.Count;
        while (segments[count - 1].Length <= from) count--;
        int[] rows = [.. Enumerable.Range(0, count)];
        int[] lengths = Array.ConvertAll(rows, row => Math.Min(length, segments[row].Length - from));
        PackedBatch inputs = PackedBatch.From(rows, lengths, row => Slice(row, 0));
        int[] targets = inputs.Pack(row => Slice(row, 1), 1);
        for (int row = 0; row < count; row++)
            for (int t = 0; t < lengths[row] && from + t < segments[row].Skipped; t++) targets[inputs.Position(row, t)] = -1;
        return new SymbolWindow(inputs, targets, targets.Count(target => target >= 0));

        ReadOnlySpan<int> Slice(int row, int shift) => sequences[segments[row].Sequence].Slice(segments[row].Start + from + shift, lengths[row]);
    }
}
