namespace MlNetRnn.Experiments;

/// <summary>The positions of a searched option's values, from 0 to 1.</summary>
/// <param name="dimension">The option.</param>
/// <param name="index">Its index among the searched options.</param>
internal sealed class OptionAxis(SearchDimension dimension, int index)
{
    private const int FewValues = 8, LegibleValues = 16;

    /// <summary>The part of a value's interval over which its trials are spread.</summary>
    private const double Spread = 0.6;

    private static readonly double GoldenRatio = (Math.Sqrt(5) - 1) / 2;

    /// <summary>The choices, or a few whole numbers; null for other ranges.</summary>
    private readonly IReadOnlyList<object?>? _values = dimension.Choices is { } choices ? [.. choices]
        : dimension.ValueAt(0) is not (int or long) || dimension.Maximum - dimension.Minimum >= FewValues ? null
        : [.. Enumerable.Range(0, (int)(dimension.Maximum - dimension.Minimum) + 1).Select(i => (object)(dimension.Minimum + i))];

    public string Name => dimension.Name;

    public string? Pipeline => dimension.Pipeline;

    public static string LastName(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Returns every value if there are few, a readable subset if there are many choices, and the ends and the middle of a range.</summary>
    /// <param name="longest">The maximum number of characters.</param>
    public IReadOnlyList<(double Position, string Label)> Labels(int longest)
    {
        IEnumerable<(double Position, object? Value)> labels = _values is null
            ? new[] { 0, 0.5, 1 }.Select(position => (position, (object?)dimension.ValueAt(position)))
            : _values.Where((_, i) => i % ((_values.Count + LegibleValues - 1) / LegibleValues) == 0).Select(value => (dimension.PositionOf(value), value));
        return [.. labels.Select(label => (label.Position, Html.Short(Numbers.Value(label.Value), longest)))];
    }

    /// <summary>Returns the position of a trial; null if its pipeline does not have the option.</summary>
    public double? PlaceOf(TrialSettings settings)
    {
        if (index >= settings.Point.Count || !double.IsFinite(settings.Point[index]) || Pipeline is not null && Pipeline != settings.PipelineName) return null;
        double place = Math.Clamp(settings.Point[index], 0, 1);
        if (_values is null) return place;
        // Multiples of the golden ratio fill the interval evenly, whichever trials it contains.
        double within = settings.TrialId * GoldenRatio % 1 - 0.5;
        return Math.Clamp(dimension.PositionOf(dimension.ValueAt(place)) + Spread * within / _values.Count, 0, 1);
    }
}
