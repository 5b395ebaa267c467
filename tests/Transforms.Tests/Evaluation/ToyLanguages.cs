namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>Three languages, each with syllables of its own.</summary>
internal static class ToyLanguages
{
    private static readonly Dictionary<string, string[]> Syllables = new()
    {
        ["ba"] = ["ba", "da", "ka", "ga"],
        ["so"] = ["so", "no", "ko", "do"],
        ["xi"] = ["xi", "zi", "ki", "bi"],
    };

    /// <summary>The names, in ordinal order.</summary>
    public static string[] Names => [.. Syllables.Keys];

    /// <summary>Returns sentence i of a language. Sentences with the same number are translations of each other.</summary>
    public static string Sentence(string language, int i)
    {
        var random = new Random(i);
        string[] syllables = Syllables[language];
        IEnumerable<string> words = Enumerable.Range(0, 4 + i % 3).Select(_ => string.Concat(Enumerable.Range(0, 3).Select(_ => syllables[random.Next(4)])));
        return string.Join(' ', words) + " .";
    }
}
