using System.Globalization;

namespace MlNetRnn.Samples.Translation;

/// <summary>Dates in many spellings with their ISO forms, which the program makes itself: `12 March 2021` → `2021-03-12`.</summary>
internal static class DateSpellings
{
    private static readonly DateOnly First = new(1970, 1, 1), Last = new(2049, 12, 31);

    private static readonly string[] Formats =
    [
        "d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "d.M.yyyy", "dd.MM.yyyy", "M/d/yyyy", "yyyy/MM/dd", "dd-MMM-yyyy", "yyyyMMdd",
        "dddd, d MMMM yyyy", "ddd d MMM yyyy", "MMMM yyyy, d", "d MMMM \\'yy", "d/MMM/yy",
    ];

    /// <summary>Returns random dates, each in a random spelling.</summary>
    /// <param name="count">The number of dates.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static Pair[] Pairs(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Random(random))];
    }

    private static Pair Random(Random random)
    {
        DateOnly date = First.AddDays(random.Next(Last.DayNumber - First.DayNumber + 1));
        string text = random.Next(Formats.Length + 1) == Formats.Length ? Spoken(date) : Text(date, Formats[random.Next(Formats.Length)]);
        return new Pair { Source = Cased(text, random), Target = Text(date, "yyyy-MM-dd") };
    }

    private static string Text(DateOnly date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    private static string Spoken(DateOnly date)
    {
        string ending = date.Day switch { 1 or 21 or 31 => "st", 2 or 22 => "nd", 3 or 23 => "rd", _ => "th" };
        return $"the {date.Day}{ending} of {Text(date, "MMMM yyyy")}";
    }

    /// <summary>Writes some dates in capitals, and some in lowercase.</summary>
    private static string Cased(string text, Random random) => random.Next(6) switch
    {
        0 => text.ToUpperInvariant(),
        1 => text.ToLowerInvariant(),
        _ => text,
    };
}
