using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Accuracy.Translations;

/// <summary>
/// Measures a pair of languages without training pairs, beside the translation through a third language and beside the pairs with training pairs.
/// </summary>
internal sealed class ZeroShot(
    MLContext ml, RnnTranslationTransformer model, (string Source, string Pivot, string Target) languages, RnnTranslationEvaluationOptions options)
{
    /// <summary>Returns the rows of a table of their own.</summary>
    /// <param name="test">Pairs without training pairs.</param>
    /// <param name="known">Other pairs of the languages with training pairs, which the network has not learned from.</param>
    public IEnumerable<string> Rows(IReadOnlyList<Pair> test, IReadOnlyList<Pair> known)
    {
        RnnTranslator translator = ml.Rnn().CreateTranslator(model);
        var rows = new List<TranslatedPair>();
        foreach (IGrouping<(string, string), Pair> pair in known.Concat(test).GroupBy(pair => (pair.SourceLanguage, pair.TargetLanguage)))
        {
            Pair[] own = [.. pair];
            string[] sources = Array.ConvertAll(own, row => row.Source);
            string[] direct = Translate(sources, own[0].SourceLanguage, own[0].TargetLanguage);
            string[]? through = pair.Key == (languages.Source, languages.Target)
                ? Translate(Translate(sources, languages.Source, languages.Pivot), languages.Pivot, languages.Target)
                : null;
            rows.AddRange(own.Select((row, i) => new TranslatedPair(row, direct[i], through?[i] ?? "")));
        }
        RnnTranslationMatrix matrix = ml.Rnn().EvaluateTranslationByLanguage(
            ml.Data.LoadFromEnumerable(rows), pivotColumnName: nameof(TranslatedPair.Pivot), options: options);
        yield return "";
        yield return $"| pair | BLEU | BLEU through {languages.Pivot} | share of it | in a wrong language |";
        yield return "|---|---|---|---|---|";
        foreach (RnnLanguagePairMetrics pair in matrix.Pairs)
        {
            string pivot = pair.Pivot is { } through ? string.Create(CultureInfo.InvariantCulture, $"{through.Bleu.Score:F2} | {pair.PivotRatio:P1}") : " | ";
            yield return string.Create(CultureInfo.InvariantCulture,
                $"| {pair.SourceLanguage}-{pair.TargetLanguage} | {pair.Metrics.Bleu.Score:F2} | {pivot} | {pair.OffTargetRate:P1} |");
        }
        if (matrix.Identification is { } identification) yield return $"\nIdentification of languages: {identification}";

        string[] Translate(string[] texts, string from, string to) =>
            [.. translator.TranslateMany(texts, targetLanguage: to, sourceLanguage: from).Select(found => found[0].Text)];
    }

    private sealed class TranslatedPair(Pair pair, string translation, string pivot)
    {
        public string Source { get; } = pair.Source;

        public string Target { get; } = pair.Target;

        public string SourceLanguage { get; } = pair.SourceLanguage;

        public string TargetLanguage { get; } = pair.TargetLanguage;

        public string Translation { get; } = translation;

        public string Pivot { get; } = pivot;
    }
}
