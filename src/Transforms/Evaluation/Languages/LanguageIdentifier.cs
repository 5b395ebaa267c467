using MlNetRnn.NGrams;

namespace MlNetRnn.Evaluation;

/// <summary>
/// An identifier of the language of a text. It has a model of the letters in words for each language, and chooses the language that gives the text the highest
/// probability; of two, the first one in ordinal order. All languages are equally probable before the text is read. Immutable and thread-safe.
/// </summary>
internal sealed class LanguageIdentifier
{
    /// <summary>A letter depends on the two letters before it in its word.</summary>
    private const int Order = 3;

    private readonly LanguageLetters _letters;
    private readonly (string Language, NGramModel Model)[] _models;

    private LanguageIdentifier(LanguageLetters letters, (string Language, NGramModel Model)[] models) => (_letters, _models) = (letters, models);

    /// <summary>The languages that can be identified, in ordinal order.</summary>
    public IEnumerable<string> Languages => _models.Select(model => model.Language);

    /// <summary>Learns to identify the languages of some texts.</summary>
    /// <param name="texts">The texts of each language.</param>
    public static LanguageIdentifier Learn(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> texts)
    {
        KeyValuePair<string, IReadOnlyList<string>>[] ordered = [.. texts.OrderBy(language => language.Key, StringComparer.Ordinal)];
        // One alphabet for all languages, so that their probabilities can be compared.
        var letters = new LanguageLetters(ordered.SelectMany(language => language.Value));
        return new LanguageIdentifier(letters, [.. ordered.Select(language => (language.Key, Learn(letters, language.Value)))]);
    }

    /// <summary>Identifies the language of a text; <see langword="null"/> for a text without letters.</summary>
    public string? Identify(string text)
    {
        int[] symbols = _letters.Of(text);
        return symbols.Length == 0 ? null : _models.MaxBy(language => LogProbability(language.Model, symbols)).Language;
    }

    private static NGramModel Learn(LanguageLetters letters, IReadOnlyList<string> texts)
    {
        var builder = NGramBuilder.Create(letters.Count, Order);
        foreach (string text in texts) builder.Add(letters.Of(text));
        return builder.Build();
    }

    private static double LogProbability(NGramModel model, int[] symbols)
    {
        const int Boundary = 0;
        double sum = 0;
        int begin = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            sum += model.LogProbability(symbols.AsSpan(begin..i), symbols[i]);
            if (symbols[i] == Boundary) begin = i + 1;
        }
        return sum;
    }
}
