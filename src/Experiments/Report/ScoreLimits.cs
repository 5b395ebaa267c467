namespace MlNetRnn.Experiments;

/// <summary>The limits of an axis of metrics.</summary>
/// <param name="Minimum">The lower end.</param>
/// <param name="Maximum">The upper end.</param>
/// <param name="Beyond">The number of metrics beyond the ends, which are drawn at the edge.</param>
internal sealed record ScoreLimits(double Minimum, double Maximum, int Beyond)
{
    /// <summary>A value for <c>far</c> that includes the low beginnings of validation curves.</summary>
    public const double FarForCurves = 20;

    private const double Far = 3, Huge = 1e300, Tiny = 1e-290, Margin = 0.04, Edge = 0.02;

    /// <summary>Returns limits with some margin. If a few metrics are so much worse that all others would look the same, the axis ends before them.</summary>
    /// <param name="scores">Finite numbers, or none.</param>
    /// <param name="isMaximize">Whether higher is better.</param>
    /// <param name="far">A metric is beyond if its distance from the best is more than this factor times that of the metric at four fifths of all.</param>
    public static ScoreLimits Of(IEnumerable<double> scores, bool isMaximize, double far = Far)
    {
        const int enough = 5;
        const double most = 0.8;
        double sign = isMaximize ? -1 : 1;
        double[] costs = [.. scores.Select(score => sign * Math.Clamp(score, -Huge, Huge))];
        if (costs.Length == 0) return new(0, 1, 0);
        Array.Sort(costs);
        double best = costs[0], reach = far * (costs[(int)(most * (costs.Length - 1))] - best);
        int beyond = costs.Length < enough || reach == 0 ? 0 : costs.Count(cost => cost - best > reach);
        double poorest = beyond > 0 ? best + reach : costs[^1];
        double size = Math.Max(Math.Abs(best), Math.Abs(poorest));
        // Equal numbers need a range, too.
        double margin = size <= Tiny ? 0.5 : poorest - best <= size * 1e-12 ? size / 20 : Margin * (poorest - best);
        return isMaximize ? new(-poorest - margin, -best + margin, beyond) : new(best - margin, poorest + margin, beyond);
    }

    /// <summary>Moves a number beyond the ends to the edge.</summary>
    public double Clamp(double value)
    {
        double edge = Edge * (Maximum - Minimum);
        return Math.Clamp(value, Minimum + edge, Maximum - edge);
    }

    /// <summary>Returns the position of a number between the ends, from 0 to 1.</summary>
    public double Position(double value) => (Clamp(value) - Minimum) / (Maximum - Minimum);
}
