using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>The options that say how the user's files of texts and labels are read.</summary>
/// <param name="format">The option for the format: its values may be more than those of tables.</param>
internal sealed class TableOptions(Option<string?> format)
{
    public const string FormatDescription = "tsv: columns between tabs, quotes as they are; csv: columns between commas, quoted (RFC 4180). By the file's extension if not given.";

    public static string[] Formats => ["tsv", "csv"];

    public Option<bool> HasHeader { get; } = new("--has-header") { Description = "The first line of each file is names." };

    public Option<int?> TextColumn { get; } = new("--text-column") { Description = "The column of the text, from 0; the one with the most characters if not given." };

    public Option<int?> LabelColumn { get; } = new("--label-column") { Description = "The column of the label, from 0; of the others the one with the fewest different values if not given." };

    /// <exception cref="FileException">A line of a file cannot be used.</exception>
    public Examples Read(ParseResult result, MLContext ml, TextTask task, FileInfo train, FileInfo? validation, FileInfo? test)
    {
        TableFile trainTable = Table(result, train);
        Columns columns = Columns.Of(trainTable, result.GetValue(TextColumn), result.GetValue(LabelColumn));
        Console.WriteLine($"Text in column {columns.Text}, label in column {columns.Label} (from 0).");
        return Examples.Read(ml, task, new ExampleFile(trainTable, columns, task), Other(validation), Other(test));
        ExampleFile? Other(FileInfo? file) => file is null ? null : new ExampleFile(Table(result, file), columns, task);
    }

    private TableFile Table(ParseResult result, FileInfo file)
    {
        string name = result.GetValue(format) ?? (file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) ? "csv" : "tsv");
        return new TableFile(file.ToString(), Enum.Parse<TableFormat>(name, ignoreCase: true), result.GetValue(HasHeader));
    }
}
