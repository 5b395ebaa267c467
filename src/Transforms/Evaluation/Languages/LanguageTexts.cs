namespace MlNetRnn.Evaluation;

/// <summary>
/// Texts of known languages, from which an identifier learns. Each text counts once for its language; texts without letters are left out. Not thread-safe.
/// </summary>
internal sealed class LanguageTexts
{
    private readonly Dictionary<string, List<string>> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<(string Language, string Text)> _known = [];

    /// <summary>Adds a text.</summary>
    public void Add(string language, string text)
    {
        if (!LanguageLetters.Occur(text) || !_known.Add((language, text))) return;
        if (!_texts.TryGetValue(language, out List<string>? texts)) _texts[language] = texts = [];
        texts.Add(text);
    }

    /// <summary>Learns an identifier from all texts; <see langword="null"/> if they are of fewer than two languages.</summary>
    public LanguageIdentifier? Learn() => _texts.Count < 2 ? null : Learn(_ => true);

    /// <summary>
    /// Measures identifiers on texts that they have not learned from: one learns from every other text and identifies the others, one the other way around.
    /// </summary>
    public RnnLanguageIdentificationMetrics Measure()
    {
        var counts = new Dictionary<string, (long Right, long All)>();
        foreach (int half in new[] { 0, 1 })
        {
            LanguageIdentifier identifier = Learn(i => i % 2 == half);
            foreach ((string language, List<string> texts) in _texts)
            {
                if (texts.Count < 2) continue;
                (long right, long all) = counts.GetValueOrDefault(language);
                for (int i = 1 - half; i < texts.Count; i += 2, all++)
                    if (identifier.Identify(texts[i]) == language) right++;
                counts[language] = (right, all);
            }
        }
        return new RnnLanguageIdentificationMetrics(_texts.Keys, counts);
    }

    private LanguageIdentifier Learn(Func<int, bool> isKept) => LanguageIdentifier.Learn(
        // The single text of a language is always learned from, and not identified.
        _texts.Select(language => KeyValuePair.Create(
            language.Key, (IReadOnlyList<string>)[.. language.Value.Where((_, i) => isKept(i) || language.Value.Count == 1)])));
}
