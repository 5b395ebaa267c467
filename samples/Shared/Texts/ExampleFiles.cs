using System.Globalization;

namespace MlNetRnn.Samples.Texts;

/// <summary>
/// The examples in one or several files, which are read again for every pass: only the network's integers are kept in memory.
/// </summary>
public sealed class ExampleFiles(IReadOnlyList<(TableFile File, TableColumns Columns)> parts, TextTask task)
{
    private const string NamesRemedy = "If line 1 contains the names of the columns, give --has-header.";
    private const string LineRemedy = "Correct the line, or choose another --label-column.";

    /// <summary>The files, for messages.</summary>
    public string Path => InputFiles.InWords([.. parts.Select(part => part.File.Path)]);

    /// <summary>The number of rows that the last pass left out because their label is empty.</summary>
    public int WithoutLabel { get; private set; }

    /// <exception cref="FileException">A row lacks a column, or its label does not suit the task.</exception>
    public IEnumerable<Example> Read()
    {
        WithoutLabel = 0;
        return parts.SelectMany(part => Read(part.File, part.Columns));
    }

    /// <summary>Counts the labels of all examples. Warns about rows without a label, and about first lines that were probably misread.</summary>
    /// <param name="rows">The number of examples.</param>
    /// <param name="names">The labels that are probably names of columns.</param>
    /// <exception cref="FileException">There are no examples.</exception>
    public Dictionary<string, int> CountLabels(out int rows, out IReadOnlySet<string> names)
    {
        var counts = new Dictionary<string, int>();
        var found = new HashSet<string>();
        WithoutLabel = 0;
        foreach ((TableFile file, TableColumns columns) in parts)
        {
            Dictionary<string, int> ofFile = Read(file, columns).CountBy(example => example.Label).ToDictionary();
            if (!task.IsNumeric && HeaderCheck.Warn(file, columns, ofFile) is { } name) found.Add(name);
            foreach ((string label, int count) in ofFile) counts[label] = counts.GetValueOrDefault(label) + count;
        }
        (rows, names) = (counts.Values.Sum(), found);
        if (WithoutLabel > 0) Console.WriteLine($"warning: {Path}: left out {OneLine.Count(WithoutLabel, "rows")} with an empty label");
        return rows > 0 ? counts : throw new FileException($"{Path}: expected at least one row with a label, got none. Check --label-column and --has-header.");
    }

    private IEnumerable<Example> Read(TableFile file, TableColumns columns)
    {
        foreach ((int line, string[] row) in file.Rows())
        {
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
                {
                    throw new FileException($"{file.Path}, line {line}: expected a number with a decimal point as the label (--task {task.Name}), "
                        + $"got '{OneLine.Shortened(label)}'. {(line == 1 ? NamesRemedy : LineRemedy)}");
                }
                // So that 4 and 4.0 are one class.
                (example.Number, example.Label) = (number, number.ToString(CultureInfo.InvariantCulture));
            }
            task.Complete(example);
            yield return example;
        }
    }
}
