using System.Globalization;

namespace MlNetRnn.Samples.Tags;

/// <summary>The format of files by their extension or, if it is ambiguous, by their first lines.</summary>
public static class FormatGuess
{
    private const int LinesLookedAt = 20;

    private static readonly Dictionary<string, string> ByExtension = new()
    {
        [".conllu"] = "conllu",
        [".conll"] = "conll",
        [".conll03"] = "conll",
        [".tsv"] = "conll",
        [".iob"] = "conll",
        [".iob2"] = "conll",
        [".bio"] = "conll",
        [".bioes"] = "conll",
        [".bmes"] = "conll",
    };

    private static string Remedy => $"Give --format ({string.Join(", ", TaggedFormat.Names)}).";

    /// <exception cref="FileException">The format is not clear.</exception>
    public static string Of(IReadOnlyList<string> paths)
    {
        string[] formats = [.. paths.Select(Of).Distinct()];
        return formats.Length == 1
            ? formats[0]
            : throw new FileException($"--format: expected files of one format, got {string.Join(" and ", formats)}. Give --format.");
    }

    private static string Of(string path)
    {
        if (ByExtension.TryGetValue(FileName.ExtensionOf(path), out string? format)) return format;
        var file = new TextFile(path);
        // A pipe would be empty afterwards.
        if (new FileInfo(path).Length == 0) throw new FileException($"{path}: the format is not clear from the name. {Remedy}");
        string[] lines = [.. file.Lines().Select(line => line.Text).Where(line => !TextLine.IsBlank(line) && !line.StartsWith('#')).Take(LinesLookedAt)];
        if (lines.Length > 0 && lines.All(IsFrame)) return "frames";
        if (lines.Length > 0 && lines.All(line => line.Split('\t') is { Length: 10 } columns && char.IsAsciiDigit(columns[0].FirstOrDefault())))
            return "conllu";
        if (FileName.ExtensionOf(path) != ".csv") return "conll";
        string got = OneLine.Shortened(lines.FirstOrDefault(line => !IsFrame(line)) ?? "nothing");
        throw new FileException($"{path}: expected numbers and a tag in each line of a .csv file, got: {got} {Remedy}");
    }

    /// <summary>Whether everything but the tag at the end is a number, at least by its look.</summary>
    private static bool IsFrame(string line)
    {
        string[] fields = line.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1
            && fields[..^1].All(field => field is "NA" or "?" || float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }
}
