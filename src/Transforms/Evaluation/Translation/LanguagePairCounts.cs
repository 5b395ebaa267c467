namespace MlNetRnn.Evaluation;

/// <summary>The sums of the metrics of a pair of languages, and its translations, whose languages are identified in the end.</summary>
/// <param name="options">The options.</param>
internal sealed class LanguagePairCounts(RnnTranslationEvaluationOptions options)
{
    private readonly List<string> _translations = [];
    private bool _hasPivot;

    public TranslationCounts Own { get; } = new(options);

    /// <summary>The sums of the pivot translations.</summary>
    public TranslationCounts Pivot { get; } = new(options);

    /// <summary>Adds a row.</summary>
    /// <param name="translation">The translation.</param>
    /// <param name="pivot">The translation through a third language; null without such a column.</param>
    /// <param name="references">The references, at least one.</param>
    public void Add(string translation, string? pivot, IReadOnlyList<string> references)
    {
        Own.Add(translation, references);
        _translations.Add(translation);
        if (pivot is null) return;
        Pivot.Add(pivot, references);
        _hasPivot |= !string.IsNullOrWhiteSpace(pivot);
    }

    /// <summary>Returns the metrics.</summary>
    /// <param name="source">The source language.</param>
    /// <param name="target">The target language.</param>
    /// <param name="identifier">Identifies the languages of the translations; null to leave them out.</param>
    public RnnLanguagePairMetrics ToMetrics(string source, string target, LanguageIdentifier? identifier)
    {
        var languages = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (identifier is not null && identifier.Languages.Contains(target))
            foreach (string translation in _translations)
                if (identifier.Identify(translation) is { } language) languages[language] = languages.GetValueOrDefault(language) + 1;
        RnnTranslationMetrics? pivot = _hasPivot ? new RnnTranslationMetrics(Pivot, options) : null;
        return new RnnLanguagePairMetrics(source, target, new RnnTranslationMetrics(Own, options), pivot, languages);
    }
}
