using System.Globalization;

namespace MlNetRnn;

/// <summary>Metrics of the translations from one language to another.</summary>
public sealed class RnnLanguagePairMetrics
{
    internal RnnLanguagePairMetrics(
        string source, string target, RnnTranslationMetrics metrics, RnnTranslationMetrics? pivot, IReadOnlyDictionary<string, long> outputLanguages)
    {
        (SourceLanguage, TargetLanguage, Metrics, Pivot, OutputLanguages) = (source, target, metrics, pivot, outputLanguages);
        long identified = outputLanguages.Values.Sum();
        OffTargetRate = identified == 0 ? double.NaN : 1 - (double)outputLanguages.GetValueOrDefault(target) / identified;
    }

    /// <summary>The language of the sources; an empty text if there is no column of it.</summary>
    public string SourceLanguage { get; }

    /// <summary>The language of the references.</summary>
    public string TargetLanguage { get; }

    /// <summary>The metrics of the translations.</summary>
    public RnnTranslationMetrics Metrics { get; }

    /// <summary>
    /// The metrics of the translations through a third language, with the same references; <see langword="null"/> if there is no column of them, or if all of
    /// them are empty.
    /// </summary>
    public RnnTranslationMetrics? Pivot { get; }

    /// <summary>
    /// BLEU of the translations ÷ BLEU of the translations through a third language; NaN if there are none, or if their BLEU is 0. A model that translates
    /// this pair better directly has a ratio above 1.
    /// </summary>
    public double PivotRatio => Pivot is { Bleu.Score: > 0 } ? Metrics.Bleu.Score / Pivot.Bleu.Score : double.NaN;

    /// <summary>
    /// The number of translations that were identified as each language, in ordinal order. Translations without letters are not counted. Empty if the data has
    /// only one target language, or if the references of this language have no letters.
    /// </summary>
    public IReadOnlyDictionary<string, long> OutputLanguages { get; }

    /// <summary>
    /// The share of <see cref="OutputLanguages"/> that is not the target language, from 0 to 1; NaN if no language was identified. Compare it with the error
    /// rate of the identification itself: <see cref="RnnTranslationMatrix.Identification"/>.
    /// </summary>
    public double OffTargetRate { get; }

    /// <summary>Returns the languages and the main metrics in one line. Independent of the culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{SourceLanguage} -> {TargetLanguage}: BLEU {Metrics.Bleu.Score:F2}, chrF2 {Metrics.ChrF:F2}, off-target {OffTargetRate:F4}, {Metrics.Rows} rows");
}
