using System.Globalization;

namespace MlNetRnn;

/// <summary>
/// The accuracy with which languages are identified, on texts that were not learned from: the texts of each language are divided into two halves, and each half
/// is identified with models of the other half.
/// </summary>
public sealed class RnnLanguageIdentificationMetrics
{
    internal RnnLanguageIdentificationMetrics(IEnumerable<string> languages, IReadOnlyDictionary<string, (long Right, long All)> counts)
    {
        Texts = counts.Values.Sum(count => count.All);
        Accuracy = Texts == 0 ? double.NaN : (double)counts.Values.Sum(count => count.Right) / Texts;
        var accuracies = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (string language in languages)
            accuracies[language] = counts.TryGetValue(language, out (long Right, long All) count) ? (double)count.Right / count.All : double.NaN;
        AccuracyByLanguage = accuracies;
    }

    /// <summary>The number of texts that were identified.</summary>
    public long Texts { get; }

    /// <summary>The share of texts whose language was identified correctly, from 0 to 1; NaN without texts.</summary>
    public double Accuracy { get; }

    /// <summary>The accuracy on the texts of each language, in ordinal order; NaN for a language with a single text.</summary>
    public IReadOnlyDictionary<string, double> AccuracyByLanguage { get; }

    /// <summary>Returns the accuracy on all texts and on those of each language. Independent of the culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"language identification: accuracy {Accuracy:F4} on {Texts} held-out texts "
        + $"({string.Join(", ", AccuracyByLanguage.Select(language => string.Create(CultureInfo.InvariantCulture, $"{language.Key} {language.Value:F4}")))})");
}
