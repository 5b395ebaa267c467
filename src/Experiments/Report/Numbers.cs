using System.Globalization;

namespace MlNetRnn.Experiments;

/// <summary>The formats of numbers in a report, the same in every culture.</summary>
internal static class Numbers
{
    public const string None = "–";

    /// <summary>Formats with four decimals; very small and very large numbers with four digits.</summary>
    public static string Score(double value) => Math.Abs(value) is 0 or (>= 1e-3 and < 1e5) ? Fixed(value, 4) : Finite(value, "G4");

    public static string Gain(double value) => (value > 0 ? "+" : "") + Score(value);

    public static string Fixed(double value, int decimals) => Finite(value, "F" + decimals.ToString(CultureInfo.InvariantCulture));

    public static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Formats a number beside an axis, without the last digits, which may be rounding errors.</summary>
    public static string Tick(double value) =>
        value.ToString(Math.Abs(value) is 0 or (>= 1e-4 and < 1e6) ? "0.########" : "0.##########E+0", CultureInfo.InvariantCulture);

    /// <summary>Formats any value of an option.</summary>
    public static string Value(object? value) => value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Fixed(time.TotalSeconds, 1) + " s",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes:00} min"),
    };

    private static string Finite(double value, string format) => value switch
    {
        double.NaN => None,
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        _ => value.ToString(format, CultureInfo.InvariantCulture),
    };
}
