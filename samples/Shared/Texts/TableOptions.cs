using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples.Texts;

/// <summary>The options for reading the user's files of texts and labels.</summary>
/// <param name="format">The option for the format: its values may be more than those of tables.</param>
public sealed class TableOptions(Option<string?> format)
{
    public const string FormatDescription = "tsv: quotes are ordinary characters; csv: values may be quoted (RFC 4180). Default: csv for files "
        + "with the extension .csv (or .csv.gz) and for files without tabs, else tsv.";

    public static string[] Formats => ["tsv", "csv"];

    public Option<string?> Separator { get; } = new("--separator")
    {
        Description = "The separator of the columns. Default: the one that cuts the first rows into the same number of columns.",
    };

    public Option<bool> HasHeader { get; } = new("--has-header")
    {
        Description = "The first line of each file contains column names. Default: the first line is data, unless a column is given by its name.",
    };

    public Option<string?> TextColumn { get; } = new("--text-column")
    {
        Description = "The column of the text: a number from 0, or a name in the first line. Default: the column with the most characters.",
    };

    public Option<string?> LabelColumn { get; } = new("--label-column")
    {
        Description = "The column of the label: a number from 0, or a name in the first line. Default: the other column with the fewest different values that "
            + "is neither constant nor a row number. Text and label may be in any order.",
    };

    public Option[] All => [format, Separator, HasHeader, TextColumn, LabelColumn];

    /// <summary>Completes the options; to be called once.</summary>
    public void AcceptOnlyKnownValues() => Separator.AcceptOnlyFromAmong(TableLayout.SeparatorNames);

    /// <exception cref="FileException">A line of a file cannot be used.</exception>
    public Examples Read(ParseResult result, MLContext ml, TextTask task, string[] train, string[] validation, string[] test)
    {
        (string? text, string? label) = (result.GetValue(TextColumn), result.GetValue(LabelColumn));
        bool hasHeader = result.GetValue(HasHeader) || new[] { text, label }.Any(column => column is not null && !int.TryParse(column, out _));
        TableFile[] trainTables = Tables(train);
        TableFile first = trainTables[0];
        TableColumns columns = TableColumns.Of(trainTables, text, label, task.IsNumeric);
        string guessed = text is null || label is null ? "; --text-column and --label-column change this" : "";
        Console.WriteLine($"Columns between {first.Layout.SeparatorName}s, counted from 0: {columns.InWords(first)}{guessed}.");
        return Examples.Read(
            ml, task, Files(trainTables), validation.Length == 0 ? null : Files(Tables(validation)), test.Length == 0 ? null : Files(Tables(test)));

        TableFile[] Tables(string[] paths) => [.. paths.Select(path => Table(result, path, hasHeader))];
        ExampleFiles Files(TableFile[] tables) => new([.. tables.Select(table => (table, columns.In(table, first)))], task);
    }

    private TableFile Table(ParseResult result, string path, bool hasHeader)
    {
        TableFormat? chosen = result.GetValue(format) is { } name ? Enum.Parse<TableFormat>(name, ignoreCase: true) : null;
        var table = new TableFile(path, chosen, result.GetValue(Separator), hasHeader);
        string separator = table.Layout.SeparatorName;
        if (table.Layout.Rival is { } rival)
            Console.WriteLine($"warning: {path}: the separator may be a {separator} or a {rival.SeparatorName}; a {separator} is used. --separator changes it");
        bool areQuoted = table.FirstRow.All(value => value.Length > 1 && value.StartsWith('"') && value.EndsWith('"'));
        if (areQuoted && chosen is null && table.Layout.Format == TableFormat.Tsv)
            Console.WriteLine($"warning: {path}: the quotes around the values of line 1 were read as characters. If they are not part of the values, "
                + "give --format csv");
        return table;
    }
}
