using System.Globalization;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>Which column is what.</summary>
internal sealed record Columns(int Text, int Label)
{
    private const int RowsLookedAt = 1000;

    /// <summary>
    /// The columns that the user names; for those not named, the text is the column with the most characters, and the label the one with the fewest
    /// different values, but more than one, among the rest.
    /// </summary>
    public static Columns Of(TableFile file, int? text, int? label)
    {
        if (Math.Min(text ?? 0, label ?? 0) < 0) throw new FileException($"{file.Path}: expected columns from 0 (--text-column, --label-column), got {Math.Min(text ?? 0, label ?? 0)}");
        (int Line, string[] Columns)[] rows = [.. file.Rows().Take(RowsLookedAt)];
        if (rows.Length == 0) throw new FileException($"{file.Path}: expected at least one row, got none");
        int count = rows.Max(row => row.Columns.Length), least = Math.Max(2, Math.Max(text ?? 0, label ?? 0) + 1);
        if (count < least) throw new FileException($"{file.Path}, line {rows[0].Line}: expected at least {least} columns, got {count}. Is this the right --format?");
        IEnumerable<string> Values(int column) => rows.Where(row => column < row.Columns.Length).Select(row => row.Columns[column]);
        int[] free = [.. Enumerable.Range(0, count)];
        int textColumn = text ?? free.Where(column => column != label).MaxBy(column => Values(column).Sum(value => (long)value.Length));
        int labelColumn = label ?? free.Where(column => column != textColumn).MinBy(column => Values(column).Distinct().Count() is var different && different > 1 ? different : int.MaxValue);
        if (textColumn == labelColumn) throw new FileException($"{file.Path}: expected different columns for text and label, got {textColumn} for both");
        return new Columns(textColumn, labelColumn);
    }
}

/// <summary>The examples in a file, read anew every time they are asked for: only the network's integers are kept in memory.</summary>
internal sealed class ExampleFile(TableFile file, Columns columns, TextTask task)
{
    public string Path => file.Path;

    /// <summary>Rows that were left out because their label is empty, in all readings so far.</summary>
    public int WithoutLabel { get; private set; }

    /// <exception cref="FileException">A row lacks a column, or its label is none for this task.</exception>
    public IEnumerable<Example> Read()
    {
        int least = Math.Max(columns.Text, columns.Label) + 1;
        foreach ((int line, string[] row) in file.Rows())
        {
            if (row.Length < least) throw new FileException($"{file.Path}, line {line}: expected at least {least} columns, got {row.Length}");
            string label = row[columns.Label].Trim();
            var example = new Example { Label = label, Text = row[columns.Text] };
            if (label.Length == 0 && !task.IsNumeric)
            {
                WithoutLabel++;
                continue;
            }
            if (task.IsNumeric)
            {
                if (!float.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) || !float.IsFinite(number))
                    throw new FileException($"{file.Path}, line {line}: expected a number as the label (--task {task.Name}), got '{label}'{(line == 1 ? "; if the first line is names, say --has-header" : "")}");
                // So that 4 and 4.0 are one class.
                (example.Number, example.Label) = (number, number.ToString(CultureInfo.InvariantCulture));
            }
            task.Complete(example);
            yield return example;
        }
    }
}
