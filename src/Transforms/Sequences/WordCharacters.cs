namespace MlNetRnn.Sequences;

/// <summary>The distinct words of a batch with their characters, so that the network reads the characters of each word once.</summary>
internal sealed class WordCharacters
{
    private WordCharacters(int[] words, int[][] characters) => (Words, Characters) = (words, characters);

    /// <summary>The index of the word of each step, from 0 to W−1.</summary>
    public int[] Words { get; }

    /// <summary>The numbers of the characters of each of the W words; at least one per word.</summary>
    public int[][] Characters { get; }

    /// <summary>Collects the distinct words of some steps.</summary>
    /// <param name="spelled">The spelling of each step.</param>
    /// <param name="charactersOf">Returns the characters of a spelling.</param>
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
