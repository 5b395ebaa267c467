using System.Text.RegularExpressions;

namespace MlNetRnn.Samples.Serving;

/// <summary>A word or a mark in a text.</summary>
/// <param name="Text">What stands there.</param>
/// <param name="Start">Where it begins, in UTF-16 characters.</param>
internal sealed partial record Token(string Text, int Start)
{
    private const string Letters = @"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*";

    /// <summary>With an apostrophe, a hyphen or an invisible joiner between two letters: don't, e-mail.</summary>
    private const string Word = Letters + @"(?:['’_\p{Cf}-]" + Letters + ")*";

    /// <summary>Anything else that can be seen, with its marks and skin tones; what lies beyond the first 65,536 code points is two UTF-16 characters.</summary>
    private const string Mark = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\s\p{C}\p{L}\p{N}])(?:\p{M}|\uD83C[\uDFFB-\uDFFF])*";

    /// <summary>How many UTF-16 characters it has.</summary>
    public int Length => Text.Length;

    /// <summary>Where it has ended.</summary>
    public int End => Start + Length;

    public bool IsPunctuation => char.IsPunctuation(Text[0]);

    /// <summary>Whether a sentence may end with it.</summary>
    public bool EndsSentence => Text is "." or "!" or "?" or "…" or "。" or "！" or "？" or "؟" or "।";

    /// <summary>The tokens of a text in their order. Emoji that are joined to one are one.</summary>
    public static IEnumerable<Token> All(string text) => Pattern.Matches(text).Select(match => new Token(match.Value, match.Index));

    [GeneratedRegex($@"{Word}|{Mark}(?:\u200D{Mark})*")]
    private static partial Regex Pattern { get; }
}
