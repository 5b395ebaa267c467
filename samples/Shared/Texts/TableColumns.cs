namespace MlNetRnn.Samples.Texts;

/// <summary>The columns of the text and the label.</summary>
/// <param name="Text">The column of the text, from 0.</param>
/// <param name="Label">The column of the label, from 0.</param>
public sealed record TableColumns(int Text, int Label)
{
    private const double ClearlyMore = 1.5;

    /// <summary>Returns the columns that the user names, by number or by header; the others are inferred from the values.</summary>
    /// <param name="files">The training files.</param>
    /// <param name="text">A number from 0 or a name; <see langword="null"/> to infer it: the column with the most characters.</param>
    /// <param name="label">A number from 0 or a name; <see langword="null"/> to infer it: the column that looks most like a label.</param>
    /// <param name="isNumeric">Whether labels are numbers.</param>
    /// <exception cref="FileException">There is no such column, or no clear choice.</exception>
    public static TableColumns Of(IReadOnlyList<TableFile> files, string? text, string? label, bool isNumeric)
    {
        TableFile file = files[0];
        int count = file.FirstRow.Count;
        if (count < 2)
        {
            throw new FileException($"{file.Path}, line 1: expected at least 2 columns, got {count} with a {file.Layout.SeparatorName} as the separator. "
                + $"Give --separator ({string.Join(", ", TableLayout.SeparatorNames)}).");
        }
        int? textColumn = Find(file, text, "--text-column"), labelColumn = Find(file, label, "--label-column");
        if (textColumn == labelColumn && textColumn is not null)
            throw new FileException($"{file.Path}: expected different columns for text and label, got {textColumn} for both. Change --text-column or "
                + "--label-column.");
        if (textColumn is { } t && labelColumn is { } l) return new TableColumns(t, l);
        // Other files may have their columns in another order.
        IEnumerable<TableFile> alike = files.Where(other => other.FirstRow.Count == count && (!file.HasHeader || other.FirstRow.SequenceEqual(file.FirstRow)));
        ColumnValues[] columns = ColumnValues.Of(alike, count);
        textColumn ??= GuessText(file, columns, labelColumn);
        return new TableColumns(textColumn.Value, labelColumn ?? GuessLabel(file, columns, textColumn.Value, isNumeric));
    }

    /// <summary>Returns the same columns in another file: those with the same names if both files have names, else those with the same numbers.</summary>
    /// <exception cref="FileException">The other file has other columns.</exception>
    public TableColumns In(TableFile other, TableFile file)
    {
        if (file.HasHeader && other.HasHeader) return new TableColumns(Same(Text), Same(Label));
        if (other.FirstRow.Count == file.FirstRow.Count) return this;
        throw new FileException($"{other.Path}, line 1: expected {file.FirstRow.Count} columns as in {file.Path}, got {other.FirstRow.Count}. "
            + "Check --separator and --format.");

        int Same(int column)
        {
            string name = file.FirstRow[column];
            int same = IndexOf(other, name);
            if (same >= 0) return same;
            throw new FileException($"{other.Path}, line 1: expected the column '{OneLine.Shortened(name)}' of {file.Path}, got {Names(other)}. "
                + "Rename the column, or remove the names and --has-header.");
        }
    }

    /// <summary>Returns the choice as text: "text: column 1 ('review'), label: column 0 ('sentiment')".</summary>
    public string InWords(TableFile file)
    {
        string Name(int column) => file.HasHeader ? $" ('{OneLine.Shortened(file.FirstRow[column])}')" : "";
        return $"text: column {Text}{Name(Text)}, label: column {Label}{Name(Label)}";
    }

    private static int? Find(TableFile file, string? column, string option)
    {
        if (column is null) return null;
        if (int.TryParse(column, out int number))
        {
            if (number >= 0 && number < file.FirstRow.Count) return number;
            throw new FileException($"{option}: expected a column of {file.Path} from 0 to {file.FirstRow.Count - 1}, or its name, got {number}.");
        }
        int index = IndexOf(file, column);
        return index >= 0 ? index : throw new FileException($"{option}: expected the name of a column of {file.Path} ({Names(file)}), got '{column}'.");
    }

    private static int IndexOf(TableFile file, string name) => file.FirstRow.Index()
        .Where(column => column.Item.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)).Select(column => column.Index).FirstOrDefault(-1);

    private static string Names(TableFile file) => OneLine.First(file.FirstRow, 10);

    /// <summary>
    /// Infers the text: the column with the most characters. If another column has nearly as many and as many different values, it is the last of the two,
    /// because labels mostly precede texts.
    /// </summary>
    private static int GuessText(TableFile file, ColumnValues[] columns, int? label)
    {
        int[] longest = [.. Enumerable.Range(0, columns.Length).Where(column => column != label).OrderByDescending(column => columns[column].Characters)];
        if (longest.Length == 1) return longest[0];
        (ColumnValues first, ColumnValues second) = (columns[longest[0]], columns[longest[1]]);
        if (first.Characters > second.Characters * ClearlyMore || first.Different > second.Different) return longest[0];
        int last = Math.Max(longest[0], longest[1]);
        Console.WriteLine($"warning: {file.Path}: columns {Math.Min(longest[0], longest[1])} and {last} both look like texts; column {last} is taken. "
            + "If it is not the text, give --text-column");
        return last;
    }

    /// <summary>Infers the label: the column with the fewest different values that is neither constant nor a row number.</summary>
    private static int GuessLabel(TableFile file, ColumnValues[] columns, int text, bool isNumeric)
    {
        int[] others = [.. Enumerable.Range(0, columns.Length).Where(column => column != text)];
        if (others.Length == 1) return others[0];
        int[] possible = [.. others.Where(column => isNumeric ? columns[column].AreNumbers && columns[column].Different > 1 : columns[column].MayBeLabels)];
        int[] fewest = [.. possible.Where(column => columns[column].Different == possible.Min(other => columns[other].Different))];
        // If two columns look alike, the user decides, unless there are too few rows to compare them.
        if (fewest.Length == 1 || (fewest.Length > 1 && !isNumeric && columns[fewest[0]].Rows < ColumnValues.FewRows)) return fewest[0];
        string kinds = string.Join("; ", others.Select(column =>
            $"column {column} has {OneLine.Count(columns[column].Different, "different values")} ({OneLine.First(columns[column].Examples, 3)})"));
        throw new FileException($"{file.Path}: expected one column that is clearly the label, got {fewest.Length}: {kinds}. Give --label-column.");
    }
}
