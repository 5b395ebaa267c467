using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>Loads a model and scores every line of standard input. It needs the model file only.</summary>
internal static class ScoreCommand
{
    /// <summary>The column for the log-probability of each symbol.</summary>
    public const string SymbolColumn = nameof(Scored.SymbolLogProbabilities);

    public static Command Create()
    {
        var file = new Option<FileInfo>("--model") { Description = "A model that this sample saved.", Required = true };
        var command = new Command(
            "score",
            "Reads UTF-8 text from standard input and writes a line for each line: log-probability TAB perplexity. Each line is scored as the first one of a "
            + "text, its end included. The logarithm is natural; the perplexity is that of a symbol.") { file };
        command.SetAction(result => Run(result.GetRequiredValue(file)));
        return command;
    }

    private static int Run(FileInfo file)
    {
        SavedLanguageModel? saved = SavedLanguageModel.Load(file, "score");
        if (saved is null) return 1;
        return TrainingRun.Guard("score", () =>
        {
            var engine = saved.Ml.Model.CreatePredictionEngine<TextRow, Scored>(saved.Model);
            bool areLines = TextRows.AreLines(saved.Model.Unit);
            foreach ((_, string line) in StandardInput.Lines())
            {
                // Where a line break is a character, it is scored in place of the end of the whole text.
                float[] all = engine.Predict(new TextRow { Text = areLines ? line : line + '\n' }).SymbolLogProbabilities;
                ReadOnlySpan<float> symbols = areLines ? all : all.AsSpan(0, all.Length - 1);
                double sum = 0;
                foreach (float symbol in symbols) sum += symbol;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sum:F4}\t{Math.Exp(-sum / symbols.Length):F4}"));
            }
        });
    }

    private sealed class Scored
    {
        public float[] SymbolLogProbabilities { get; set; } = [];
    }
}
