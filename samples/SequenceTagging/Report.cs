using Spectre.Console;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>Metrics as a table.</summary>
internal static class Report
{
    public static void Comparison(string title, params (string Name, RnnSequenceTaggingMetrics Metrics)[] models)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(title).AddColumn(new TableColumn("model").NoWrap());
        foreach (string name in new[] { "TokenAccuracy", "of unknown words", "SpanF1" }) table.AddColumn(new TableColumn(name).RightAligned());
        foreach ((string name, RnnSequenceTaggingMetrics m) in models)
            table.AddRow(name, Share(m.TokenAccuracy), Share(m.UnknownTokenAccuracy), Share(m.SpanF1));
        AnsiConsole.Write(table);
    }

    private static string Share(double value) => double.IsNaN(value) ? "·" : value.ToString("F4");
}
