namespace MlNetRnn.Experiments;

/// <summary>The positions of a searched option's values, from 0 to 1.</summary>
/// <param name="dimension">The option.</param>
/// <param name="index">Its index among the searched options.</param>
internal sealed class OptionAxis(SearchDimension dimension, int index)
{
    private const int FewValues = 8;

    /// <summary>The part of a value's interval over which its trials are spread.</summary>
    private const double Spread = 0.6;

    private static readonly double GoldenRatio = (Math.Sqrt(5) - 1) / 2;

    public string Name => dimension.Name;

    public string? Pipeline => dimension.Pipeline;

    /// <summary>A remark on the scale; empty for a linear one.</summary>
    public string Scale => dimension.IsLogarithmic && !HasFewValues ? "logarithmic" : "";

    /// <summary>Every value if there are few, a readable subset if there are many choices, and the ends of a range.</summary>
    public IReadOnlyList<(double Position, string Label)> Labels
    {
        get
        {
            if (dimension.Choices is { } choices)
            {
                const int legible = 16;
                int step = (choices.Count + legible - 1) / legible;
                return [.. choices.Select((choice, i) => ((i + 0.5) / choices.Count, Numbers.Value(choice))).Where((_, i) => i % step == 0)];
            }
            return HasFewValues
                ? [.. Enumerable.Range(0, (int)(dimension.Maximum - dimension.Minimum) + 1)
                    .Select(i => dimension.Minimum + i)
                    .Select(value => (dimension.PositionOf(value), Numbers.Value(value)))]
                : [(0, End(dimension.Minimum)), (1, End(dimension.Maximum))];
        }
    }

    /// <summary>Whether there are labels at the two ends only.</summary>
    public bool IsRange => dimension.Choices is null && !HasFewValues;

    private bool HasFewValues => dimension.Choices is null && dimension.ValueAt(0) is int or long && dimension.Maximum - dimension.Minimum < FewValues;

    public static string LastName(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Returns the position of a trial; null if its pipeline does not have the option.</summary>
    public double? PlaceOf(TrialSettings settings)
    {
        if (index >= settings.Point.Count || !double.IsFinite(settings.Point[index]) || Pipeline is not null && Pipeline != settings.PipelineName) return null;
        // The sum of -0 and 0 is 0, which is written without a sign.
        double place = Math.Clamp(settings.Point[index], 0, 1) + 0.0;
        if (IsRange) return place;
        if (dimension.Choices is not { } choices)
        {
            double middle = dimension.PositionOf(dimension.ValueAt(place));
            return middle + Spread * (place - middle);
        }
        int choice = Math.Min((int)(place * choices.Count), choices.Count - 1);
        // Multiples of the golden ratio fill the interval evenly, whichever trials it contains.
        double within = settings.TrialId * GoldenRatio % 1 - 0.5;
        return (choice + 0.5 + Spread * within) / choices.Count;
    }

    private static string End(double value) => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
}
