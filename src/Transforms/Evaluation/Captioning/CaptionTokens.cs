using System.Text.RegularExpressions;

namespace MlNetRnn.Evaluation;

/// <summary>Divides captions into words.</summary>
internal static partial class CaptionTokens
{
    private static readonly Dictionary<RnnCaptionTokenization, Func<string, string[]>> Tokenizations = new()
    {
        [RnnCaptionTokenization.Coco] = Words,
        [RnnCaptionTokenization.None] = text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    };

    private static readonly string[] Clitics = ["n't", "'s", "'m", "'d", "'re", "'ve", "'ll"];

    /// <summary>The words that the Penn Treebank divides after the third letter.</summary>
    private static readonly HashSet<string> Assimilations = new(StringComparer.Ordinal) { "cannot", "gonna", "gotta", "lemme", "gimme", "wanna" };

    /// <summary>Returns the function that divides a text into words.</summary>
    public static Func<string, string[]> Of(RnnCaptionTokenization tokenization) => Tokenizations[tokenization];

    private static string[] Words(string text)
    {
        var words = new List<string>();
        foreach (Match match in Token().Matches(text.ToLowerInvariant().Replace('’', '\''))) Divide(match.Value, words);
        return [.. words];
    }

    /// <summary>Adds a token, or its parts if it is a contraction.</summary>
    private static void Divide(string token, List<string> words)
    {
        if (Assimilations.Contains(token))
        {
            words.AddRange([token[..3], token[3..]]);
            return;
        }
        int start = words.Count;
        while (Array.Find(Clitics, clitic => token.Length > clitic.Length && token.EndsWith(clitic, StringComparison.Ordinal)) is { } end)
        {
            words.Insert(start, end);
            token = token[..^end.Length];
        }
        words.Insert(start, token);
    }

    // In this order: abbreviations of single letters (u.s.), numbers (1,000; 12:30), words with hyphens and apostrophes inside, contractions that stand alone,
    // and any other character as a token of its own, unless it is white space, punctuation or invisible.
    [GeneratedRegex(
        @"\p{L}(?:\.\p{L})+\.?(?![\p{L}\p{M}\p{N}_])"
        + @"|\p{Nd}+(?:[.,:/]\p{Nd}+)+"
        + @"|[\p{L}\p{M}\p{N}_]+(?:[-'][\p{L}\p{M}\p{N}_]+)*"
        + @"|'(?:s|m|d|re|ve|ll)(?![\p{L}\p{M}\p{N}_'])"
        + @"|[\uD800-\uDBFF][\uDC00-\uDFFF]"
        + @"|[^\s\p{C}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}.?!,:;…'""`´]")]
    private static partial Regex Token();
}
