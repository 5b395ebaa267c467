using System.Globalization;

namespace MlNetRnn.Experiments;

/// <summary>The positions of numbers, from 0 to 1, with labels at round numbers.</summary>
internal sealed class Axis
{
    private const double Huge = 1e300, Tiny = 1e-290, Margin = 0.04;
    private const int About = 6;

    /// <summary>
    /// A score is drawn at the edge if its distance from the best is more than this factor times that of the score at four fifths of the trials.
    /// </summary>
    private const double Far = 3, FarForCurves = 20;

    private readonly double _minimum, _maximum;

    private Axis(double minimum, double maximum, double leastStep = 0)
    {
        (_minimum, _maximum) = Widened(Math.Clamp(minimum, -Huge, Huge), Math.Clamp(maximum, -Huge, Huge));
        double step = Math.Max(leastStep, RoundStep(_maximum - _minimum));
        int places = (int)Math.Floor(Math.Log10(step) + 1e-9);
        for (double i = Math.Ceiling(_minimum / step); i * step <= _maximum; i++) Ticks.Add((Position(i * step), Label(i * step + 0.0, places)));
    }

    /// <summary>The labels and their positions, from 0 to 1.</summary>
    public List<(double Position, string Label)> Ticks { get; } = [];

    /// <summary>The number of values beyond the ends of the axis.</summary>
    public int Beyond { get; private init; }

    /// <summary>An axis from 0 to a number.</summary>
    public static Axis To(double maximum) => new(0, maximum > 0 ? maximum * (1 + Margin / 2) : 1);

    /// <summary>An axis of whole numbers from 1; the first has a label, too.</summary>
    public static Axis Count(int last)
    {
        var axis = new Axis(1, Math.Max(2, last), leastStep: 1);
        if (axis.Ticks.All(tick => tick.Position > 0)) axis.Ticks.Insert(0, (0, "1"));
        return axis;
    }

    /// <summary>
    /// An axis of scores with some margin. If a few scores are so much worse that all others would look the same, the axis ends before them.
    /// </summary>
    /// <param name="scores">Finite numbers, or none.</param>
    /// <param name="isMaximize">Whether higher is better.</param>
    public static Axis Scores(IEnumerable<double> scores, bool isMaximize) => Scores(scores, isMaximize, Far);

    /// <summary>An axis of validation metrics, of which higher is better. Every curve begins low, and its beginning is included.</summary>
    /// <param name="metrics">Finite numbers, or none.</param>
    public static Axis Curves(IEnumerable<double> metrics) => Scores(metrics, isMaximize: true, FarForCurves);

    /// <summary>Returns the position of a number; numbers beyond the ends are moved to the ends.</summary>
    public double Position(double value) => Math.Clamp((Math.Clamp(value, -Huge, Huge) - _minimum) / (_maximum - _minimum), 0, 1);

    private static Axis Scores(IEnumerable<double> scores, bool isMaximize, double far)
    {
        const int enough = 5;
        const double most = 0.8;
        double[] sorted = [.. isMaximize ? scores.OrderDescending() : scores.Order()];
        if (sorted.Length == 0) return new Axis(0, 1);
        double best = Math.Clamp(sorted[0], -Huge, Huge), poorest = Math.Clamp(sorted[^1], -Huge, Huge);
        double reach = far * Math.Abs(Math.Clamp(sorted[(int)(most * (sorted.Length - 1))], -Huge, Huge) - best);
        int beyond = 0;
        if (sorted.Length >= enough && reach > 0 && Math.Abs(poorest - best) > reach)
        {
            poorest = isMaximize ? best - reach : best + reach;
            beyond = sorted.Count(score => isMaximize ? score < poorest : score > poorest);
        }
        (double low, double high) = Widened(Math.Min(best, poorest), Math.Max(best, poorest));
        double margin = Margin * (high - low);
        return new Axis(low - margin, high + margin) { Beyond = beyond };
    }

    /// <summary>Widens the range of equal numbers.</summary>
    private static (double, double) Widened(double minimum, double maximum)
    {
        double size = Math.Max(Math.Abs(minimum), Math.Abs(maximum));
        if (maximum - minimum > size * 1e-12 && size > Tiny) return (minimum, maximum);
        double half = size > Tiny ? size / 20 : 0.5;
        return (minimum - half, maximum + half);
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double RoundStep(double width)
    {
        double raw = width / About, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }

    private string Label(double value, int places)
    {
        double size = Math.Max(Math.Abs(_minimum), Math.Abs(_maximum));
        if (places >= -6 && size < 1e7) return Numbers.Fixed(value, Math.Max(0, -places));
        if (value == 0) return "0";
        int digits = Math.Max(0, (int)Math.Floor(Math.Log10(Math.Abs(value))) - places);
        return value.ToString("0." + new string('0', digits) + "E+0", CultureInfo.InvariantCulture);
    }
}
