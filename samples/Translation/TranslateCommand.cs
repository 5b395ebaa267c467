using System.CommandLine;
using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Samples.Translation;

/// <summary>Loads a model and translates every line of standard input. It needs the model file only.</summary>
internal static class TranslateCommand
{
    public static int Run(TranslateSettings settings, ParseResult result)
    {
        SavedTranslationModel? saved = SavedTranslationModel.Load(result.GetRequiredValue(settings.Model), "translate");
        if (saved is null) return 1;
        return TrainingRun.Guard("translate", () =>
        {
            string? language = result.GetValue(settings.To);
            RnnTranslationDecodingOptions options = settings.Of(result, saved.Model.Decoding);
            saved.ExpectLanguage(language);
            DirectoryInfo? pictures = result.GetValue(settings.Attention);
            pictures?.Create();
            RnnTranslator translator = saved.Ml.Rnn().CreateTranslator(saved.Model);
            foreach (TextLine[] lines in InputBlocks.Read())
                Translate(lines, sources => translator.TranslateMany(sources, options, language), saved, options.NBest > 1, pictures);
        });
    }

    private static void Translate(
        TextLine[] lines, Func<string[], IReadOnlyList<IReadOnlyList<RnnTranslation>>> translate, SavedTranslationModel saved, bool isNBest,
        DirectoryInfo? pictures)
    {
        // The model was not trained on empty texts: the translation of one is one.
        TextLine[] written = [.. lines.Where(line => !string.IsNullOrWhiteSpace(line.Text))];
        IReadOnlyList<IReadOnlyList<RnnTranslation>> found = translate([.. written.Select(line => saved.Prepare(line.Text))]);
        var ofLine = written.Zip(found).ToDictionary(pair => pair.First.Number, pair => pair.Second);
        foreach ((int number, _) in lines)
        {
            IReadOnlyList<RnnTranslation> translations = ofLine.GetValueOrDefault(number, []);
            if (translations.Count > 0) LineWarnings.Write(number, translations[0]);
            if (!isNBest) Console.WriteLine(translations.Count == 0 ? "" : OneLine.Of(translations[0].Text));
            else for (int rank = 0; rank < translations.Count; rank++) Console.WriteLine(Ranked(number, rank + 1, translations[rank]));
            if (pictures is not null && translations.Count > 0) Draw(translations[0], number, pictures);
        }
    }

    private static string Ranked(int line, int rank, RnnTranslation translation) =>
        string.Create(CultureInfo.InvariantCulture, $"{line}\t{rank}\t{translation.Score:F4}\t{OneLine.Of(translation.Text)}");

    private static void Draw(RnnTranslation translation, int line, DirectoryInfo folder)
    {
        if (translation.Attention.Count == 0)
            throw new FileException("--attention: expected a model with attention, got one without. Train one with --attention additive, dot or general.");
        AlignmentPicture.Draw(translation, Path.Combine(folder.FullName, $"line-{line:D4}.png"));
    }
}
