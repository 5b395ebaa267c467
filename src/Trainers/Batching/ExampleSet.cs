using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The rows that a network learns from, as numbers: the sequences, and for each what is to be said of it and how much it counts.</summary>
/// <param name="frameSize">The numbers of a frame; 0 for tokens.</param>
internal sealed class ExampleSet(int frameSize = 0)
{
    public SequenceStore Sequences { get; } = new(frameSize);

    /// <summary>0-based classes, 0 and 1 for false and true, or numbers.</summary>
    public List<float> Targets { get; } = [];

    /// <summary>How much each row counts, 1 on average over the rows to learn from; null where all count the same.</summary>
    public List<float>? Weights { get; set; }

    public int Count => Targets.Count;

    /// <summary>Rows that were left out because their label is missing.</summary>
    public long WithoutLabel { get; set; }

    /// <summary>Rows that were left out because their weight is 0.</summary>
    public long WithoutWeight { get; set; }

    /// <summary>Rows that were cut at the maximum length.</summary>
    public long Cut { get; set; }

    /// <summary>Rows whose last frame lacks numbers.</summary>
    public long IncompleteFrames { get; set; }

    /// <summary>Multiplies the weight of each row by that of its class, and brings the weights of the rows to learn from to a mean of 1.</summary>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="classWeights">A weight a class; null for none.</param>
    /// <exception cref="InvalidOperationException">All rows have the weight 0.</exception>
    public void Weigh(IReadOnlyList<int> rows, float[]? classWeights)
    {
        if (Weights is null && classWeights is null) return;
        List<float> weights = Weights ??= [.. Enumerable.Repeat(1f, Count)];
        for (int row = 0; classWeights is not null && row < Count; row++) weights[row] *= classWeights[(int)Targets[row]];
        double mean = rows.Average(row => (double)weights[row]);
        if (mean <= 0) throw new InvalidOperationException("Class and example weights: expected one above 0 among the rows to learn from, got none. Check ClassWeights.");
        for (int row = 0; row < Count; row++) weights[row] = (float)(weights[row] / mean);
    }
}
