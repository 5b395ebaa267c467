namespace MlNetRnn.Sequences;

/// <summary>The different words of a batch and their characters: a word's are looked at once, however often it occurs.</summary>
internal sealed class WordCharacters
{
    private WordCharacters(int[] words, int[][] characters) => (Words, Characters) = (words, characters);

    /// <summary>Which of the W words each step is, in the order of the steps that were passed.</summary>
    public int[] Words { get; }

    /// <summary>The numbers of each word's characters, W of them; one at least.</summary>
    public int[][] Characters { get; }

    /// <param name="spelled">The spelling of each step.</param>
    /// <param name="charactersOf">The characters of a spelling.</param>
    public static WordCharacters Of(ReadOnlySpan<int> spelled, Func<int, int[]> charactersOf)
    {
        var places = new Dictionary<int, int>();
        var characters = new List<int[]>();
        var words = new int[spelled.Length];
        for (int i = 0; i < spelled.Length; i++)
        {
            if (!places.TryGetValue(spelled[i], out int place))
            {
                places.Add(spelled[i], place = characters.Count);
                characters.Add(charactersOf(spelled[i]));
            }
            words[i] = place;
        }
        return new WordCharacters(words, [.. characters]);
    }
}
