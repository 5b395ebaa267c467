using MlNetRnn.Sequences;


namespace MlNetRnn.Batching;

/// <summary>The W different words of a batch, each a sequence of characters.</summary>
/// <param name="Places">Which of the packed words each step is, [N].</param>
/// <param name="Characters">The words, packed: sorted from long to short.</param>
internal sealed record PackedWords(int[] Places, PackedBatch Characters)
{
    /// <param name="spelled">The spelling of each step, [N].</param>
    /// <param name="characters">The characters of each spelling.</param>
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
