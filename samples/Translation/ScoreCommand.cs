using System.CommandLine;
using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Samples.Translation;

/// <summary>Loads a model and scores every pair of standard input. It needs the model file only.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var file = new Option<FileInfo>("--model") { Description = "A model that this sample saved.", Required = true };
        var to = new Option<string?>("--to") { Description = "The language of the translations, for a model of several languages." };
        var command = new Command(
            "score",
            "Reads pairs from standard input, source TAB translation, and writes a line for each: log-probability TAB perplexity. The logarithm is natural; "
            + "the perplexity is that of a symbol of the translation, its end included.") { file, to };
        command.SetAction(result => Run(result.GetRequiredValue(file), result.GetValue(to)));
        return command;
    }

    private static int Run(FileInfo file, string? language)
    {
        SavedTranslationModel? saved = SavedTranslationModel.Load(file, "score");
        if (saved is null) return 1;
        return TrainingRun.Guard("score", () =>
        {
            saved.ExpectLanguage(language);
            RnnTranslator translator = saved.Ml.Rnn().CreateTranslator(saved.Model);
            foreach (TextLine[] lines in InputBlocks.Read())
            {
                (string Source, string Target)[] pairs = [.. lines.Select(line => Divide(line, saved))];
                IReadOnlyList<RnnTranslation> scores = translator.Score(
                    [.. pairs.Select(pair => pair.Source)], [.. pairs.Select(pair => pair.Target)], language);
                foreach ((TextLine line, RnnTranslation scored) in lines.Zip(scores))
                {
                    LineWarnings.Write(line.Number, scored);
                    double sum = scored.LogProbabilities.Sum(value => (double)value);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sum:F4}\t{Math.Exp(-sum / scored.LogProbabilities.Count):F4}"));
                }
            }
        });
    }

    private static (string Source, string Target) Divide(TextLine line, SavedTranslationModel saved)
    {
        string[] fields = line.Text.Split('\t');
        return fields.Length == 2
            ? (saved.Prepare(fields[0]), saved.Prepare(fields[1]))
            : throw LineFault.Of(
                StandardInput.Name, line.Number, "a source, a tab and a translation",
                $"{OneLine.Count(fields.Length, "columns")}: '{OneLine.Shortened(line.Text)}'", "Separate source and translation by one tab");
    }
}
