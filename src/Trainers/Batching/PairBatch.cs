using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>
/// A batch of pairs: the source, and what the decoder reads and predicts. The rows of source and target have orders of their own, and pairs can share a source.
/// </summary>
/// <param name="Source">The different sources.</param>
/// <param name="Inputs">The symbols that the decoder reads: the beginning, then all target symbols.</param>
/// <param name="Targets">The symbol after each input, in the order of the batch, [N]; the last one of a row is the boundary.</param>
/// <param name="Order">For each row of <paramref name="Inputs"/>, its number among the rows of <paramref name="Source"/>, [B].</param>
internal sealed record PairBatch(PackedBatch Source, PackedBatch Inputs, int[] Targets, int[] Order)
{
    /// <summary>The numbers of the languages of all pairs, if languages have parts of their own.</summary>
    public (int Source, int Target) Languages { get; private init; }

    /// <summary>Whether several pairs share a source.</summary>
    public bool SharesSources => Order.Length > Source.Rows.Length;

    /// <summary>Packs pairs.</summary>
    /// <param name="pairs">All pairs.</param>
    /// <param name="which">The numbers of the pairs of the batch.</param>
    public static PairBatch Of(PairSet pairs, ReadOnlySpan<int> which)
    {
        PackedBatch source = PackedBatch.From(pairs.Source, [.. which.ToArray().Select(pairs.SourceOf).Distinct()]);
        var placeOf = new Dictionary<int, int>();
        for (int place = 0; place < source.Rows.Length; place++) placeOf[source.Rows[place]] = place;
        int[] rows = which.ToArray();
        Array.Sort(rows, (a, b) => pairs.Target.Length(b).CompareTo(pairs.Target.Length(a)) is var c && c != 0 ? c : a.CompareTo(b));
        // The store holds boundary, symbols, boundary.
        int[] lengths = Array.ConvertAll(rows, row => pairs.Target.Length(row) - 1);
        PackedBatch inputs = PackedBatch.From(rows, lengths, b => pairs.Target[rows[b]][..^1]);
        return new PairBatch(source, inputs, inputs.Pack(b => pairs.Target[rows[b]][1..], 1), Array.ConvertAll(rows, row => placeOf[pairs.SourceOf(row)]))
        {
            Languages = pairs.LanguagesOf(rows[0]),
        };
    }

    /// <summary>Returns the batch with other symbols for the decoder to read.</summary>
    /// <param name="symbols">The symbols, in the order of the batch, [N].</param>
    public PairBatch WithInputs(int[] symbols)
    {
        PackedBatch old = Inputs;
        PackedBatch inputs = PackedBatch.From(old.Rows, old.Lengths, b => Row(b));
        return this with { Inputs = inputs };

        ReadOnlySpan<int> Row(int b)
        {
            var row = new int[old.Lengths[b]];
            for (int t = 0; t < row.Length; t++) row[t] = symbols[old.Position(b, t)];
            return row;
        }
    }
}

/// <summary>Pairs of sequences of symbols in memory.</summary>
/// <param name="Source">The sources.</param>
/// <param name="Target">The target of each pair, which begins and ends with the boundary.</param>
internal sealed record PairSet(SequenceStore Source, SequenceStore Target)
{
    /// <summary>The number of the source of each pair, if pairs share sources; null if pair i has source i.</summary>
    public IReadOnlyList<int>? SharedSources { get; init; }

    /// <summary>The numbers of the languages of each pair, if languages have parts of their own; otherwise null.</summary>
    public IReadOnlyList<(int Source, int Target)>? Languages { get; init; }

    /// <summary>The number of pairs.</summary>
    public int Count => Target.Count;

    /// <summary>The number of target symbols that are predicted, the end of each included.</summary>
    public long Predictions => Target.StepCount - Target.Count;

    /// <summary>Returns the number of the source of a pair.</summary>
    public int SourceOf(int pair) => SharedSources?[pair] ?? pair;

    /// <summary>Returns the numbers of the languages of a pair: 0 unless languages have parts of their own.</summary>
    public (int Source, int Target) LanguagesOf(int pair) => Languages?[pair] ?? default;

    /// <summary>Returns the number of symbols of several pairs; a source that they share counts once.</summary>
    public int Length(int[] pairs) => pairs.Sum(pair => Target.Length(pair) - 1) + pairs.Select(SourceOf).Distinct().Sum(Source.Length);

    /// <summary>Returns the number of symbols of a pair: those that the encoder reads, and those that the decoder predicts.</summary>
    public int Length(int pair) => Source.Length(SourceOf(pair)) + Target.Length(pair) - 1;
}
