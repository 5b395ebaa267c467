using System.Text;
using System.Text.RegularExpressions;

namespace MlNetRnn.Evaluation;

/// <summary>Divides texts into the tokens that BLEU counts, exactly as sacrebleu does (Post, 2018).</summary>
/// <param name="options">The options.</param>
internal sealed partial class BleuTokens(RnnTranslationEvaluationOptions options)
{
    /// <summary>Returns the tokens of a text.</summary>
    public string[] Of(string text)
    {
        if (options.LowerCase) text = text.ToLowerInvariant();
        if (options.Tokenization == RnnBleuTokenization.Wmt13a) text = Separated(text.TrimEnd());
        return Split(text);
    }

    /// <summary>Sets blanks around punctuation; around periods, commas and dashes only where they are not within a number.</summary>
    private static string Separated(string text)
    {
        text = text.Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ');
        text = text.Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        text = Punctuation().Replace($" {text} ", " $1 ");
        text = AfterOther().Replace(text, "$1 $2 ");
        text = BeforeOther().Replace(text, " $1 $2");
        return DashAfterDigit().Replace(text, "$1 $2 ");
    }

    private static string[] Split(string text)
    {
        var tokens = new List<string>();
        var token = new StringBuilder();
        foreach (char character in text.Append(' '))
        {
            // The separators of information count as white space in Python.
            if (!char.IsWhiteSpace(character) && character is < '\u001C' or > '\u001F')
            {
                token.Append(character);
                continue;
            }
            if (token.Length > 0) tokens.Add(token.ToString());
            token.Clear();
        }
        return [.. tokens];
    }

    [GeneratedRegex(@"([{-~\[-` -&(-+:-@/])")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"([^0-9])([.,])")]
    private static partial Regex AfterOther();

    [GeneratedRegex(@"([.,])([^0-9])")]
    private static partial Regex BeforeOther();

    [GeneratedRegex(@"([0-9])(-)")]
    private static partial Regex DashAfterDigit();
}
