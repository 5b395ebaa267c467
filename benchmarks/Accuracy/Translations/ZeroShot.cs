using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Accuracy.Translations;

/// <summary>Measures a pair of languages without training pairs, beside the translation through a third language.</summary>
internal sealed class ZeroShot(
    MLContext ml, RnnTranslationTransformer model, (string Source, string Pivot, string Target) languages, RnnTranslationEvaluationOptions options)
{
    /// <summary>Returns the rows of a table of their own.</summary>
    public IEnumerable<string> Rows(IReadOnlyList<Pair> test)
    {
        RnnTranslator translator = ml.Rnn().CreateTranslator(model);
        string[] sources = [.. test.Select(pair => pair.Source)];
        string[] direct = Translate(sources, languages.Source, languages.Target);
        string[] pivot = Translate(Translate(sources, languages.Source, languages.Pivot), languages.Pivot, languages.Target);
        double zeroShot = Bleu(direct, test), through = Bleu(pivot, test);
        yield return "";
        yield return $"| {languages.Source}-{languages.Target} | BLEU | of the pivot |";
        yield return "|---|---|---|";
        yield return string.Create(CultureInfo.InvariantCulture, $"| zero-shot | {zeroShot:F2} | {zeroShot / through:P0} |");
        yield return string.Create(CultureInfo.InvariantCulture, $"| through {languages.Pivot} | {through:F2} | |");

        string[] Translate(string[] texts, string from, string to) =>
            [.. translator.TranslateMany(texts, targetLanguage: to, sourceLanguage: from).Select(found => found[0].Text)];
    }

    private double Bleu(string[] translations, IReadOnlyList<Pair> test)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(translations.Zip(test, (text, pair) => new Translated { Translation = text, Target = pair.Target }));
        return ml.Rnn().EvaluateTranslation(rows, options: options).Bleu.Score;
    }

    private sealed class Translated
    {
        public string Translation { get; set; } = "";

        public string Target { get; set; } = "";
    }
}
