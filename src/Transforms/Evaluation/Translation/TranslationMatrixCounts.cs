namespace MlNetRnn.Evaluation;

/// <summary>The sums of the metrics of each pair of languages, and the texts from which languages are identified. Not thread-safe.</summary>
/// <param name="options">The options.</param>
internal sealed class TranslationMatrixCounts(RnnTranslationEvaluationOptions options)
{
    private readonly Dictionary<(string Source, string Target), LanguagePairCounts> _pairs = [];
    private readonly LanguageTexts _texts = new();

    /// <summary>Adds a row.</summary>
    /// <param name="source">The source language; empty if it is not known.</param>
    /// <param name="target">The target language.</param>
    /// <param name="translation">The translation.</param>
    /// <param name="pivot">The translation through a third language; null without such a column.</param>
    /// <param name="references">The references, at least one.</param>
    public void Add(string source, string target, string translation, string? pivot, string[] references)
    {
        if (!_pairs.TryGetValue((source, target), out LanguagePairCounts? counts)) _pairs[(source, target)] = counts = new LanguagePairCounts(options);
        counts.Add(translation, pivot, references);
        foreach (string reference in references) _texts.Add(target, reference);
    }

    /// <summary>Adds a source, from which its language is learned.</summary>
    public void AddSource(string language, string source) => _texts.Add(language, source);

    /// <summary>Returns the metrics; <see langword="null"/> without rows.</summary>
    public RnnTranslationMatrix? ToMatrix()
    {
        if (_pairs.Count == 0) return null;
        bool hasSeveral = _pairs.Keys.Select(pair => pair.Target).Distinct().Count() > 1;
        LanguageIdentifier? identifier = hasSeveral ? _texts.Learn() : null;
        return new RnnTranslationMatrix(
            _pairs.Select(pair => pair.Value.ToMetrics(pair.Key.Source, pair.Key.Target, identifier)), identifier is null ? null : _texts.Measure());
    }
}
