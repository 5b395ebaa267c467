using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>Metrics as tables.</summary>
internal static class Report
{
    public static void Comparison(params (string Name, MulticlassClassificationMetrics Metrics)[] models)
    {
        Table table = new Table().Border(TableBorder.Simple).Title("On the test messages").AddColumn(new TableColumn("model").NoWrap());
        foreach (string name in new[] { "MicroAccuracy", "MacroAccuracy", "LogLoss" }) table.AddColumn(new TableColumn(name).RightAligned());
        foreach ((string name, MulticlassClassificationMetrics m) in models)
            table.AddRow(name, m.MicroAccuracy.ToString("F4"), m.MacroAccuracy.ToString("F4"), m.LogLoss.ToString("F4"));
        AnsiConsole.Write(table);
    }

    public static void ConfusionMatrix(ConfusionMatrix matrix, DataViewSchema.Column score)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default;
        score.GetSlotNames(ref slots);
        string[] names = [.. slots.DenseValues().Select(name => name.ToString())];
        Table table = new Table().Border(TableBorder.Simple).Title("Confusion matrix of the LSTM (rows: true, columns: predicted)")
            .AddColumn(new TableColumn("").NoWrap());
        foreach (string name in names) table.AddColumn(new TableColumn(name).RightAligned().NoWrap().Padding(0, 1));
        table.AddColumn(new TableColumn("recall").RightAligned().NoWrap());
        for (int i = 0; i < names.Length; i++)
        {
            IEnumerable<string> counts = matrix.Counts[i].Select((count, j) => i == j ? $"[green]{count:F0}[/]" : count == 0 ? "·" : $"{count:F0}");
            table.AddRow([names[i], .. counts, matrix.PerClassRecall[i].ToString("P0")]);
        }
        AnsiConsole.Write(table);
    }
}
