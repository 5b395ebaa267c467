using System.Globalization;

namespace MlNetRnn.Samples.Serving;

/// <summary>A date in one language and the same date in another, to train a small translation model.</summary>
internal sealed class DatePair
{
    private const int FirstYear = 1900, Years = 200;

    private static readonly Dictionary<string, string[]> Formats = new()
    {
        ["English"] = ["dddd, MMMM d, yyyy", "MMMM d, yyyy", "d MMMM yyyy", "dddd, d MMMM yyyy", "MMM d, yyyy"],
        ["French"] = ["dddd d MMMM yyyy", "d MMMM yyyy", "le d MMMM yyyy"],
        ["German"] = ["dddd, d. MMMM yyyy", "d. MMMM yyyy", "d.M.yyyy"],
        ["ISO"] = ["yyyy-MM-dd"],
    };

    private static readonly Dictionary<string, DateTimeFormatInfo> Names = new()
    {
        ["English"] = Words("January February March April May June July August September October November December",
            "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
        ["French"] = Words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "dimanche lundi mardi mercredi jeudi vendredi samedi"),
        ["German"] = Words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag"),
        ["ISO"] = DateTimeFormatInfo.InvariantInfo,
    };

    /// <summary>The date in any language.</summary>
    public string Source { get; set; } = "";

    /// <summary>The language of the target.</summary>
    public string Language { get; set; } = "";

    /// <summary>The date in that language.</summary>
    public string Target { get; set; } = "";

    /// <summary>Returns random pairs, always the same ones.</summary>
    /// <param name="count">The number of pairs.</param>
    public static IEnumerable<DatePair> Random(int count)
    {
        var random = new Random(1);
        string[] languages = [.. Formats.Keys];
        for (int i = 0; i < count; i++)
        {
            DateTime date = new DateTime(FirstYear, 1, 1).AddDays(random.Next(Years * 365));
            string from = languages[random.Next(languages.Length)], to = languages[i % languages.Length];
            string format = Formats[from][random.Next(Formats[from].Length)];
            // The target contains the day of the week if the source does, except in the ISO format.
            bool hasDay = HasDayOfWeek(format);
            string target = Formats[to].FirstOrDefault(own => HasDayOfWeek(own) == hasDay) ?? Formats[to][0];
            yield return new DatePair { Source = date.ToString(format, Names[from]), Language = to, Target = date.ToString(target, Names[to]) };
        }
    }

    private static bool HasDayOfWeek(string format) => format.StartsWith("dddd", StringComparison.Ordinal);

    /// <summary>Returns the names of months and days; the system's may differ from one version to the next.</summary>
    private static DateTimeFormatInfo Words(string months, string days)
    {
        string[] month = [.. months.Split(' '), ""];
        return new DateTimeFormatInfo
        {
            MonthNames = month,
            MonthGenitiveNames = month,
            AbbreviatedMonthNames = [.. month.Select(name => name[..Math.Min(3, name.Length)])],
            AbbreviatedMonthGenitiveNames = [.. month.Select(name => name[..Math.Min(3, name.Length)])],
            DayNames = days.Split(' '),
        };
    }
}
