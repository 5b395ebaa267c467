using System.Globalization;

namespace MlNetRnn.Samples.Serving;

/// <summary>A date in one language and the same date in another, to train a small translation model.</summary>
internal sealed class DatePair
{
    private const int FirstYear = 1980, Years = 60;

    private static readonly DateFormat[] Formats =
    [
        new("English", "MMMM d, yyyy", "January February March April May June July August September October November December"),
        new("French", "d MMMM yyyy", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        new("German", "d. MMMM yyyy", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        new("ISO", "yyyy-MM-dd", "01 02 03 04 05 06 07 08 09 10 11 12"),
    ];

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
        for (int i = 0; i < count; i++)
        {
            DateTime date = new DateTime(FirstYear, 1, 1).AddDays(random.Next(Years * 365));
            DateFormat from = Formats[random.Next(Formats.Length)], to = Formats[i % Formats.Length];
            yield return new DatePair { Source = from.Write(date), Language = to.Language, Target = to.Write(date) };
        }
    }

    /// <summary>How dates are written in a language.</summary>
    /// <param name="Language">The language.</param>
    /// <param name="Format">The format.</param>
    /// <param name="Months">The names of the months; the system's may differ from one version to the next.</param>
    private sealed record DateFormat(string Language, string Format, string Months)
    {
        private readonly DateTimeFormatInfo _names = new() { MonthNames = [.. Months.Split(' '), ""], MonthGenitiveNames = [.. Months.Split(' '), ""] };

        public string Write(DateTime date) => date.ToString(Format, _names);
    }
}
