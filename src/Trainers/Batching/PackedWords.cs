using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The W distinct words of a batch, each a sequence of characters.</summary>
/// <param name="Places">Index of the packed word of each step, [N].</param>
/// <param name="Characters">The packed words, sorted by descending length.</param>
internal sealed record PackedWords(int[] Places, PackedBatch Characters)
{
    /// <summary>Packs words.</summary>
    /// <param name="spelled">Spelling of each step, [N].</param>
    /// <param name="characters">Character numbers of each spelling.</param>
    public static PackedWords Of(int[] spelled, int[][] characters)
    {
        WordCharacters words = WordCharacters.Of(spelled, spelling => characters[spelling]);
        var store = new SequenceStore();
        foreach (int[] word in words.Characters)
        {
            foreach (int character in word) store.Add(character);
            store.EndSequence();
        }
        PackedBatch packed = PackedBatch.From(store, Enumerable.Range(0, store.Count).ToArray());
        var place = new int[store.Count];
        for (int i = 0; i < place.Length; i++) place[packed.Rows[i]] = i;
        return new PackedWords(Array.ConvertAll(words.Words, word => place[word]), packed);
    }
}
