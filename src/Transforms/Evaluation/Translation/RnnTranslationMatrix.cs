using System.Globalization;
using MlNetRnn.Evaluation;

namespace MlNetRnn;

/// <summary>Metrics of the translations between several languages: one entry for each pair of languages in the data.</summary>
public sealed class RnnTranslationMatrix
{
    private const string Missing = "-";

    private readonly Dictionary<(string Source, string Target), RnnLanguagePairMetrics> _pairs;

    internal RnnTranslationMatrix(IEnumerable<RnnLanguagePairMetrics> pairs, RnnLanguageIdentificationMetrics? identification)
    {
        Pairs =
        [
            .. pairs.OrderBy(pair => pair.SourceLanguage, StringComparer.Ordinal).ThenBy(pair => pair.TargetLanguage, StringComparer.Ordinal),
        ];
        _pairs = Pairs.ToDictionary(pair => (pair.SourceLanguage, pair.TargetLanguage));
        SourceLanguages = [.. Pairs.Select(pair => pair.SourceLanguage).Distinct().Order(StringComparer.Ordinal)];
        TargetLanguages = [.. Pairs.Select(pair => pair.TargetLanguage).Distinct().Order(StringComparer.Ordinal)];
        Identification = identification;
    }

    /// <summary>The source languages, in ordinal order.</summary>
    public IReadOnlyList<string> SourceLanguages { get; }

    /// <summary>The target languages, in ordinal order.</summary>
    public IReadOnlyList<string> TargetLanguages { get; }

    /// <summary>The metrics of each pair of languages in the data, in ordinal order of source and target language.</summary>
    public IReadOnlyList<RnnLanguagePairMetrics> Pairs { get; }

    /// <summary>The mean of the BLEU scores of all pairs, from 0 to 100: each pair counts the same.</summary>
    public double MeanBleu => Pairs.Average(pair => pair.Metrics.Bleu.Score);

    /// <summary>The mean of the chrF2 scores of all pairs, from 0 to 100.</summary>
    public double MeanChrF => Pairs.Average(pair => pair.Metrics.ChrF);

    /// <summary>
    /// The mean of <see cref="RnnLanguagePairMetrics.OffTargetRate"/> of the pairs that have one, from 0 to 1; NaN if none has.
    /// </summary>
    public double MeanOffTargetRate => Pairs.Select(pair => pair.OffTargetRate).Where(rate => !double.IsNaN(rate)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>
    /// The accuracy with which languages are identified, on references and sources that were not learned from; <see langword="null"/> if the data has only one
    /// target language, or texts with letters in only one language. An off-target rate below the error rate of the identification has no meaning.
    /// </summary>
    public RnnLanguageIdentificationMetrics? Identification { get; }

    /// <summary>The metrics of a pair of languages; <see langword="null"/> for a pair that does not occur in the data.</summary>
    /// <param name="sourceLanguage">The source language; empty if there is no column of it.</param>
    /// <param name="targetLanguage">The target language.</param>
    public RnnLanguagePairMetrics? this[string sourceLanguage, string targetLanguage] => _pairs.GetValueOrDefault((sourceLanguage, targetLanguage));

    /// <summary>
    /// Returns BLEU as a matrix with a row for each source language and a column for each target language, then a line with all metrics for each pair, their
    /// means, the signatures of BLEU, and the accuracy of the identification. Independent of the culture.
    /// </summary>
    public override string ToString()
    {
        string matrix = MetricsText.Table(
            ["BLEU, source \\ target", .. TargetLanguages.Select(MetricsText.Name)],
            SourceLanguages.Select(source => (string[])
            [
                MetricsText.Name(source), .. TargetLanguages.Select(target => this[source, target] is { } pair ? Score(pair.Metrics.Bleu.Score) : Missing),
            ]));
        bool hasPivot = Pairs.Any(pair => pair.Pivot is not null), hasRates = Identification is not null;
        string[] head =
        [
            "pair", "rows", "BLEU", "chrF2", .. hasPivot ? new[] { "pivot BLEU", "BLEU / pivot" } : [], .. hasRates ? new[] { "off-target" } : [],
        ];
        string pairs = MetricsText.Table(head, Pairs.Select(pair => (string[])
        [
            $"{MetricsText.Name(pair.SourceLanguage)} -> {pair.TargetLanguage}", MetricsText.Count(pair.Metrics.Rows), Score(pair.Metrics.Bleu.Score),
            Score(pair.Metrics.ChrF), .. hasPivot ? new[] { Score(pair.Pivot?.Bleu.Score ?? double.NaN), Ratio(pair.PivotRatio) } : [],
            .. hasRates ? new[] { Ratio(pair.OffTargetRate) } : [],
        ]));
        string means = $"mean: BLEU {Score(MeanBleu)}, chrF2 {Score(MeanChrF)}{(hasRates ? $", off-target {Ratio(MeanOffTargetRate)}" : "")}\n";
        string signatures = string.Concat(Pairs.Select(pair => pair.Metrics.Bleu.Signature).Distinct().Select(signature => $"{signature}\n"));
        return $"{matrix}\n{pairs}\n{means}{signatures}{(hasRates ? $"{Identification}\n" : "")}";
    }

    private static string Score(double value) => double.IsNaN(value) ? Missing : value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => double.IsNaN(value) ? Missing : MetricsText.Ratio(value);
}
