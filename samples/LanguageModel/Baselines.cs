using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>The models that predict a character from the last few ones alone.</summary>
internal static class Baselines
{
    /// <summary>Trains the models and measures them.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="training">The training rows.</param>
    /// <param name="validation">The rows to measure on.</param>
    public static Baseline[] Measure(MLContext ml, IDataView training, IDataView validation) => [.. new[] { 1, 3, 5 }.Select(characters =>
    {
        RnnLanguageModelTransformer model = ml.Transforms.Text.NGramLanguageModel(new NGramLanguageModelOptions
        {
            InputColumnName = nameof(TextRow.Text),
            SymbolLogProbabilitiesColumnName = ScoreCommand.SymbolColumn,
            Order = characters + 1,
        }).Fit(training);
        IEnumerable<float[]> rows = model.Transform(validation).GetColumn<float[]>(ScoreCommand.SymbolColumn);
        return new Baseline($"n-grams: last {OneLine.Count(characters, "characters")}", -rows.SelectMany(row => row).Average());
    })];
}
