using System.Runtime.InteropServices;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The examples of a network in memory: sequences as numbers, with their labels and weights.</summary>
/// <param name="sequences">The main column.</param>
/// <param name="additional">Additional columns with a value for each step.</param>
/// <param name="isPerStep">Whether the label has a value for each step instead of one per row.</param>
internal sealed class ExampleSet(SequenceStore sequences, IReadOnlyList<SequenceStore> additional, bool isPerStep)
{
    public SequenceStore Sequences => sequences;

    public IReadOnlyList<SequenceStore> Additional => additional;

    /// <summary>Character numbers of each spelling; null if characters are not read.</summary>
    public int[][]? Characters { get; private set; }

    /// <summary>Labels as numbers: 0-based classes, 0 and 1 for false and true, or regression targets. One per row, or one per step.</summary>
    public List<float> Targets { get; } = [];

    /// <summary>Weight of each row, with a mean of 1 over the training rows; null if all rows have the same weight.</summary>
    public List<float>? Weights { get; set; }

    public int Count => sequences.Count;

    /// <summary>Returns the label of a row: one number, or one per step.</summary>
    public ReadOnlySpan<float> TargetsOf(int row) => isPerStep
        ? CollectionsMarshal.AsSpan(Targets).Slice((int)sequences.Start(row), sequences.Length(row))
        : CollectionsMarshal.AsSpan(Targets).Slice(row, 1);

    /// <summary>Rows that were skipped or changed while reading.</summary>
    public ReadingFaults Faults { get; init; } = new();

    /// <summary>Reads the characters of all tokens.</summary>
    public void ReadCharacters(CharacterIndex index) =>
        Characters = [.. Enumerable.Range(0, sequences.Spellings.Count).Select(spelling => index.NumbersOf(sequences.Spellings[spelling]))];

    /// <summary>Multiplies the weight of each row by the weight of its class, and scales the weights to a mean of 1 over the training rows.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="classWeights">One weight per class; null for none.</param>
    /// <exception cref="InvalidOperationException">All training rows have weight 0.</exception>
    public void Weigh(IReadOnlyList<int> rows, float[]? classWeights)
    {
        if (Weights is null && classWeights is null) return;
        List<float> weights = Weights ??= [.. Enumerable.Repeat(1f, Count)];
        for (int row = 0; classWeights is not null && row < Count; row++) weights[row] *= classWeights[(int)Targets[row]];
        double mean = rows.Average(row => (double)weights[row]);
        if (mean <= 0)
        {
            throw new InvalidOperationException(
                "Class and example weights: expected at least one training row with a weight above 0, got none. Check ClassWeights.");
        }
        for (int row = 0; row < Count; row++) weights[row] = (float)(weights[row] / mean);
    }
}
