using MlNetRnn.Batching;
using MlNetRnn.Sequences;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>Small batches of sequences for the tests of modules.</summary>
internal static class TestBatch
{
    /// <summary>Sequences of the given lengths with random tokens below <paramref name="tokens"/>.</summary>
    public static SequenceStore Random(int seed, int tokens, params int[] lengths)
    {
        var random = new Random(seed);
        var store = new SequenceStore();
        foreach (int length in lengths)
        {
            for (int t = 0; t < length; t++) store.Add(random.Next(SpecialTokens.Count, tokens));
            store.EndSequence();
        }
        return store;
    }

    /// <summary>Sequences of the given tokens.</summary>
    public static SequenceStore Of(params int[][] rows)
    {
        var store = new SequenceStore();
        foreach (int[] row in rows)
        {
            foreach (int token in row) store.Add(token);
            store.EndSequence();
        }
        return store;
    }

    public static SequenceBlock Block(SequenceStore store) => new(store, [], null);

    public static PackedBatch Packed(SequenceStore store) => PackedBatch.From(store, Enumerable.Range(0, store.Count).ToArray());
}
