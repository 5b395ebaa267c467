using System.Globalization;

namespace MlNetRnn.Experiments;

/// <summary>An option that is searched: its possible values, mapped to the interval from 0 to 1.</summary>
public sealed class SearchDimension
{
    private readonly Type _type;

    private SearchDimension(string name, Type type) => (Name, _type) = (name, type);

    /// <summary>The path of the option from the options object: "Network.HiddenSize".</summary>
    public string Name { get; }

    /// <summary>The name of the pipeline that has the option; <see langword="null"/> for the choice of the pipeline.</summary>
    public string? Pipeline { get; private init; }

    /// <summary>The values of a choice; <see langword="null"/> for a range.</summary>
    public IReadOnlyList<object>? Choices { get; private init; }

    /// <summary>The minimum of a range.</summary>
    public double Minimum { get; private init; }

    /// <summary>The maximum of a range, inclusive.</summary>
    public double Maximum { get; private init; }

    /// <summary>Whether the scale is logarithmic: equal distances are equal ratios.</summary>
    public bool IsLogarithmic { get; private init; }

    /// <summary>Whether neighbors in the interval are similar: ranges, and choices of ascending numbers.</summary>
    public bool IsOrdinal => Choices is null
        || Choices.All(choice => choice is IConvertible and not string and not Enum and not bool)
        && Choices.Select(Number).ToArray() is var numbers
        && numbers.SequenceEqual(numbers.Order());

    private bool IsInteger => _type == typeof(int) || _type == typeof(long);

    /// <param name="name">The path of the option.</param>
    /// <param name="type">The type of the option: int, long, float or double.</param>
    /// <param name="minimum">The minimum.</param>
    /// <param name="maximum">The maximum.</param>
    /// <param name="isLogarithmic">Whether the scale is logarithmic.</param>
    internal static SearchDimension Range(string name, Type type, double minimum, double maximum, bool isLogarithmic)
    {
        if (type != typeof(int) && type != typeof(long) && type != typeof(float) && type != typeof(double))
            throw new ArgumentException($"Search space, {name}: expected an int, long, float or double for a range, got {type.Name}. Use a choice.");
        if (!(minimum < maximum) || isLogarithmic && minimum <= 0)
        {
            throw new ArgumentException(
                $"Search space, {name}: expected a minimum {(isLogarithmic ? "above 0 and " : "")}below the maximum, "
                + FormattableString.Invariant($"got {minimum} and {maximum}."));
        }
        return new SearchDimension(name, type) { Minimum = minimum, Maximum = maximum, IsLogarithmic = isLogarithmic };
    }

    internal static SearchDimension Choice(string name, IReadOnlyList<object> choices)
    {
        if (choices.Count == 0 || choices.Distinct().Count() != choices.Count)
        {
            string got = choices.Count == 0 ? "none" : string.Join(", ", choices);
            throw new ArgumentException($"Search space, {name}: expected different values to choose from, got {got}.");
        }
        return new SearchDimension(name, choices[0].GetType()) { Choices = choices };
    }

    /// <summary>Returns the value at a position in the interval.</summary>
    /// <param name="position">0 to 1.</param>
    public object ValueAt(double position)
    {
        position = Math.Clamp(position, 0, 1);
        if (Choices is not null) return Choices[Math.Min((int)(position * Choices.Count), Choices.Count - 1)];
        // Every whole number has an equal share, including the maximum.
        double value = Unscale(Scale(Minimum) + position * (Scale(End) - Scale(Minimum)));
        value = Math.Clamp(IsInteger ? Math.Floor(value) : Readable(value), Minimum, Maximum);
        return Convert.ChangeType(value, _type, CultureInfo.InvariantCulture);
    }

    /// <summary>Returns the position of a value, in the middle of its share. Values outside a range have the position of the nearest end.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is not one of the choices.</exception>
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

    /// <summary>Returns a dimension that also includes a value.</summary>
    internal SearchDimension Including(object value)
    {
        if (Choices is null)
        {
            double number = Number(value);
            return new(Name, _type) { Minimum = Math.Min(Minimum, number), Maximum = Math.Max(Maximum, number), IsLogarithmic = IsLogarithmic && number > 0 };
        }
        if (Choices.Contains(value)) return this;
        return new(Name, _type) { Choices = IsOrdinal ? [.. Choices.Append(value).OrderBy(Number)] : [value, .. Choices] };
    }

    /// <summary>Returns the value itself if the dimension includes it; otherwise the nearest value or, of choices, the first.</summary>
    internal object Nearest(object value)
    {
        if (Choices is not null) return Choices.Contains(value) ? value : Choices[0];
        return Number(value) < Minimum ? ValueAt(0) : Number(value) > Maximum ? ValueAt(1) : value;
    }

    internal SearchDimension Of(string pipeline) =>
        new(Name, _type) { Pipeline = pipeline, Choices = Choices, Minimum = Minimum, Maximum = Maximum, IsLogarithmic = IsLogarithmic };

    /// <summary>
    /// Rounds to a thousandth of the range, or to three digits on a logarithmic scale: a search is not more precise, and the code of the best options is
    /// easy to read.
    /// </summary>
    private double Readable(double value) => IsLogarithmic
        ? double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : Math.Round(value, Math.Clamp(3 - (int)Math.Ceiling(Math.Log10(Maximum - Minimum)), 0, 15));

    private double End => IsInteger ? Maximum + 1 : Maximum;

    private double Scale(double x) => IsLogarithmic ? Math.Log(x) : x;

    private double Unscale(double x) => IsLogarithmic ? Math.Exp(x) : x;

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
