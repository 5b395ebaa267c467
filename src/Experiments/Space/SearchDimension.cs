using System.Globalization;

namespace MlNetRnn.Experiments;

/// <summary>One option that is searched: the values that it may take, laid out over the interval from 0 to 1.</summary>
public sealed class SearchDimension
{
    private readonly Type _type;

    private SearchDimension(string name, Type type) => (Name, _type) = (name, type);

    /// <summary>The option, as a path from the options object: "Network.HiddenSize".</summary>
    public string Name { get; }

    /// <summary>The pipeline whose option it is; <see langword="null"/> for what belongs to the experiment itself.</summary>
    public string? Pipeline { get; private init; }

    /// <summary>The values to choose from; <see langword="null"/> where it is a range.</summary>
    public IReadOnlyList<object>? Choices { get; private init; }

    /// <summary>The least value of a range.</summary>
    public double Minimum { get; private init; }

    /// <summary>The greatest value of a range; it belongs to it.</summary>
    public double Maximum { get; private init; }

    /// <summary>Whether equal steps are equal ratios.</summary>
    public bool IsLogarithmic { get; private init; }

    /// <summary>Whether neighbours in the interval are alike: ranges, and choices of ascending numbers.</summary>
    public bool IsOrdered => Choices is null || Choices.All(choice => choice is IConvertible and not string and not Enum and not bool) && Choices.Select(Number).ToArray() is var numbers && numbers.SequenceEqual(numbers.Order());

    private bool IsInteger => _type == typeof(int) || _type == typeof(long);

    /// <param name="name">The path of the option.</param>
    /// <param name="type">Its type: int, long, float or double.</param>
    /// <param name="minimum">The least value.</param>
    /// <param name="maximum">The greatest value.</param>
    /// <param name="isLogarithmic">Whether equal steps are equal ratios.</param>
    internal static SearchDimension Range(string name, Type type, double minimum, double maximum, bool isLogarithmic)
    {
        if (type != typeof(int) && type != typeof(long) && type != typeof(float) && type != typeof(double))
            throw new ArgumentException($"Search space, {name}: expected an int, long, float or double for a range, got {type.Name}. Use a choice.");
        if (!(minimum < maximum) || isLogarithmic && minimum <= 0)
            throw new ArgumentException(FormattableString.Invariant($"Search space, {name}: expected a minimum {(isLogarithmic ? "above 0 and " : "")}below the maximum, got {minimum} and {maximum}."));
        return new SearchDimension(name, type) { Minimum = minimum, Maximum = maximum, IsLogarithmic = isLogarithmic };
    }

    internal static SearchDimension Choice(string name, IReadOnlyList<object> choices)
    {
        if (choices.Count == 0 || choices.Distinct().Count() != choices.Count)
            throw new ArgumentException($"Search space, {name}: expected different values to choose from, got {(choices.Count == 0 ? "none" : string.Join(", ", choices))}.");
        return new SearchDimension(name, choices[0].GetType()) { Choices = choices };
    }

    /// <summary>The value at a place of the interval.</summary>
    /// <param name="position">0 to 1.</param>
    public object ValueAt(double position)
    {
        position = Math.Clamp(position, 0, 1);
        if (Choices is not null) return Choices[Math.Min((int)(position * Choices.Count), Choices.Count - 1)];
        // Every whole number has an equal share, the greatest too.
        double value = Unscale(Scale(Minimum) + position * (Scale(End) - Scale(Minimum)));
        value = Math.Clamp(IsInteger ? Math.Floor(value) : Readable(value), Minimum, Maximum);
        return Convert.ChangeType(value, _type, CultureInfo.InvariantCulture);
    }

    /// <summary>The place of a value, the middle of its share; what lies outside is moved to the nearest end.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is none of the choices.</exception>
    public double PositionOf(object? value)
    {
        if (Choices is not null)
        {
            for (int i = 0; i < Choices.Count; i++)
                if (Equals(Choices[i], value)) return (i + 0.5) / Choices.Count;
            throw new ArgumentException($"Search space, {Name}: expected one of {string.Join(", ", Choices)}, got {value ?? "null"}.", nameof(value));
        }
        double number = Math.Clamp(Number(value!), Minimum, Maximum);
        return (Scale(number + (IsInteger ? 0.5 : 0)) - Scale(Minimum)) / (Scale(End) - Scale(Minimum));
    }

    /// <inheritdoc/>
    public override string ToString() => Choices is not null
        ? $"{Name}: {string.Join(", ", Choices)}"
        : FormattableString.Invariant($"{Name}: {Minimum:G6} to {Maximum:G6}{(IsLogarithmic ? ", logarithmic" : "")}");

    /// <summary>The same, with one more value within.</summary>
    internal SearchDimension Including(object value)
    {
        if (Choices is null) return new(Name, _type) { Minimum = Math.Min(Minimum, Number(value)), Maximum = Math.Max(Maximum, Number(value)), IsLogarithmic = IsLogarithmic && Number(value) > 0 };
        if (Choices.Contains(value)) return this;
        return new(Name, _type) { Choices = IsOrdered ? [.. Choices.Append(value).OrderBy(Number)] : [value, .. Choices] };
    }

    /// <summary>The value itself where it may be taken, else the nearest or, of choices, the first.</summary>
    internal object Nearest(object value)
    {
        if (Choices is not null) return Choices.Contains(value) ? value : Choices[0];
        return Number(value) < Minimum ? ValueAt(0) : Number(value) > Maximum ? ValueAt(1) : value;
    }

    internal SearchDimension Of(string pipeline) => new(Name, _type) { Pipeline = pipeline, Choices = Choices, Minimum = Minimum, Maximum = Maximum, IsLogarithmic = IsLogarithmic };

    /// <summary>A thousandth of the range, or three digits on a logarithmic one, say all that a search can know, and read well in the code of the best options.</summary>
    private double Readable(double value) => IsLogarithmic
        ? double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : Math.Round(value, Math.Clamp(3 - (int)Math.Ceiling(Math.Log10(Maximum - Minimum)), 0, 15));

    private double End => IsInteger ? Maximum + 1 : Maximum;

    private double Scale(double x) => IsLogarithmic ? Math.Log(x) : x;

    private double Unscale(double x) => IsLogarithmic ? Math.Exp(x) : x;

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
