using System.Globalization;

namespace MlNetRnn.Samples.Tags;

/// <summary>A frame as a line: numbers separated by tabs, semicolons, commas or blanks; in training files a tag follows.</summary>
public static class FrameLine
{
    private const string DecimalPoint = "Write numbers with a decimal point, and separate them by blanks, tabs, semicolons or commas";
    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "", "NA", "N/A", "NaN", "null", "?" };

    /// <summary>
    /// Splits a line at its strongest separator. An empty field between tabs, semicolons or commas is a missing value; commas that may be decimal marks are
    /// refused.
    /// </summary>
    /// <exception cref="FormatException">Commas may be separators or decimal marks.</exception>
    public static string[] Fields(string line, string path, int number)
    {
        char separator = line.Contains('\t') ? '\t' : line.Contains(';') ? ';' : line.Contains(',') ? ',' : ' ';
        if (separator == ' ') return line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        string[] fields = line.Split(separator, StringSplitOptions.TrimEntries);
        if (separator == ',') RefuseDecimalCommas(fields, path, number, line);
        if (separator != '\t') return fields;
        // Numbers may be separated by blanks, and the tag by a tab.
        return [.. fields[..^1].SelectMany(field => field.Length == 0 ? [field] : field.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)), fields[^1]];
    }

    /// <summary>Parses a number. A missing one is NaN, which the library replaces with the mean.</summary>
    /// <exception cref="FormatException">It is not a number.</exception>
    public static float Number(string field, string path, int line)
    {
        if (Missing.Contains(field)) return float.NaN;
        if (float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)) return number;
        string remedy = field.Contains(',') ? DecimalPoint
            : line == 1 ? "If line 1 contains the names of the columns, remove it"
            : "Correct the line";
        throw LineFault.Of(path, line, "a number (or nothing, NA, NaN or ? for a missing one)", $"'{OneLine.Shortened(field)}'", remedy);
    }

    private static void RefuseDecimalCommas(string[] fields, string path, int number, string line)
    {
        bool isUnclear = fields[..^1].Any(field => field.IndexOfAny(Blanks) > 0 || HasLeadingZero(field)) || StartsWithNumber(fields);
        if (!isUnclear) return;
        throw LineFault.Of(path, number, "commas that separate numbers", $"commas that may be decimal marks: {OneLine.Shortened(line)}", DecimalPoint);
    }

    /// <summary>047: the digits after a comma, more likely than a number.</summary>
    private static bool HasLeadingZero(string field) => field.Length > 1 && field[0] == '0' && field.All(char.IsAsciiDigit);

    /// <summary>"240 noise" as the last of fields without a decimal point is hardly a tag.</summary>
    private static bool StartsWithNumber(string[] fields)
    {
        string[] parts = fields[^1].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        bool hasPoint = fields[..^1].Any(field => field.Contains('.'));
        return parts.Length > 1 && float.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _) && (parts[0].Contains('.') || !hasPoint);
    }
}
