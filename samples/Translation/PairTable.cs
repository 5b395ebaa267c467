namespace MlNetRnn.Samples.Translation;

/// <summary>A file with a pair in each line: columns separated by tabs. Empty lines are skipped.</summary>
/// <param name="path">The file.</param>
/// <param name="columns">The numbers of the columns.</param>
internal sealed class PairTable(string path, PairTableColumns columns) : PairFile(path)
{
    private readonly TextFile _file = new(path);

    public override IEnumerable<Pair> Read()
    {
        foreach ((int number, string line) in _file.Lines())
        {
            if (line.Length == 0) continue;
            string[] fields = line.Split('\t');
            if (fields.Length < columns.Least)
            {
                throw LineFault.Of(
                    Name, number, $"at least {columns.Least} columns separated by tabs", $"{fields.Length}",
                    $"Add the missing columns, or change {columns.Options}");
            }
            yield return new Pair
            {
                Source = fields[columns.Source],
                Target = fields[columns.Target],
                SourceLanguage = Language(columns.SourceLanguage, fields, number),
                TargetLanguage = Language(columns.TargetLanguage, fields, number),
            };
        }
    }

    private string Language(int? column, string[] fields, int line)
    {
        string language = column is { } index ? fields[index].Trim() : "";
        return language.Length > 0 || column is null
            ? language
            : throw LineFault.Of(Name, line, $"a language in column {column}", "nothing", "Add the language, or remove the line");
    }
}

/// <summary>The columns of a table of pairs, from 0.</summary>
/// <param name="Source">The column of the sources.</param>
/// <param name="Target">The column of the targets.</param>
/// <param name="SourceLanguage">The column of the languages of the sources; <see langword="null"/> for none.</param>
/// <param name="TargetLanguage">The column of the languages of the targets; <see langword="null"/> for none.</param>
internal sealed record PairTableColumns(int Source, int Target, int? SourceLanguage, int? TargetLanguage)
{
    /// <summary>The least number of columns of a line.</summary>
    public int Least => 1 + new[] { Source, Target, SourceLanguage ?? 0, TargetLanguage ?? 0 }.Max();

    /// <summary>The options that choose the columns, for messages.</summary>
    public string Options => "--source-column and --target-column" + (TargetLanguage is null ? "" : " and those of the languages");
}
