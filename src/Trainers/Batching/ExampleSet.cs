using System.Runtime.InteropServices;
using MlNetRnn.Fitting;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The rows that a network learns from, as numbers: the sequences, and for each what is to be said of it and how much it counts.</summary>
/// <param name="sequences">The main column.</param>
/// <param name="additional">Additional columns, with a value for each step.</param>
/// <param name="isPerStep">Whether something is to be said of each step instead of the row.</param>
internal sealed class ExampleSet(SequenceStore sequences, IReadOnlyList<SequenceStore> additional, bool isPerStep)
{
    public SequenceStore Sequences => sequences;

    public IReadOnlyList<SequenceStore> Additional => additional;

    /// <summary>The numbers of each spelling's characters; null where nobody looks at them.</summary>
    public int[][]? Characters { get; private set; }

    /// <summary>0-based classes, 0 and 1 for false and true, or numbers: one a row, or one a step.</summary>
    public List<float> Targets { get; } = [];

    /// <summary>How much each row counts, 1 on average over the rows to learn from; null where all count the same.</summary>
    public List<float>? Weights { get; set; }

    public int Count => sequences.Count;

    /// <summary>What is to be said of a row: one number, or one a step.</summary>
    public ReadOnlySpan<float> TargetsOf(int row) => isPerStep
        ? CollectionsMarshal.AsSpan(Targets).Slice((int)sequences.Start(row), sequences.Length(row))
        : CollectionsMarshal.AsSpan(Targets).Slice(row, 1);

    /// <summary>What was left out or changed while reading.</summary>
    public ReadingFaults Faults { get; } = new();

    /// <summary>Looks at the characters of all tokens.</summary>
    public void ReadCharacters(CharacterIndex index) =>
        Characters = [.. Enumerable.Range(0, sequences.Spellings.Count).Select(spelling => index.NumbersOf(sequences.Spellings[spelling]))];

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
