namespace MlNetRnn.Sequences;

/// <summary>Rows of different length in one rectangle, as a network's inputs. The only place that pads.</summary>
internal sealed class PaddedBatch
{
    private PaddedBatch(long[] tokens, int[] lengths, int steps) => (Tokens, Lengths, Steps) = (tokens, lengths, steps);

    /// <summary>Token numbers, [B,T] row by row; <see cref="SpecialTokens.Padding"/> after the end of a row.</summary>
    public long[] Tokens { get; }

    /// <summary>The true length of each row, [B]; at least 1.</summary>
    public int[] Lengths { get; }

    /// <summary>B.</summary>
    public int Rows => Lengths.Length;

    /// <summary>T: the length of the longest row.</summary>
    public int Steps { get; }

    public static PaddedBatch From(SequenceStore sequences, ReadOnlySpan<int> rows)
    {
        var lengths = new int[rows.Length];
        int steps = 0;
        for (int b = 0; b < rows.Length; b++) steps = Math.Max(steps, lengths[b] = sequences.Length(rows[b]));

        var tokens = new long[rows.Length * steps];    // [B,T]; Padding is 0
        for (int b = 0; b < rows.Length; b++)
        {
            ReadOnlySpan<int> row = sequences[rows[b]];
            for (int t = 0; t < row.Length; t++) tokens[b * steps + t] = row[t];
        }
        return new PaddedBatch(tokens, lengths, steps);
    }
}
