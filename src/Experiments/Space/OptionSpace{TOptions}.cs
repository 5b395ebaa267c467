using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;

namespace MlNetRnn.Experiments;

/// <summary>
/// The search space of an experiment: the options that it tries, and its start. By default, these are the options that have ML.NET's attributes
/// <c>[Range]</c>, <c>[Choice]</c>, <c>[BooleanChoice]</c> and <c>[NestOption]</c> (namespace Microsoft.ML.SearchSpace).
/// </summary>
/// <remarks>Each method changes the space and returns it, so that calls can be chained.</remarks>
/// <typeparam name="TOptions">The options: of a trainer of this library, or any class with properties.</typeparam>
public sealed class OptionSpace<TOptions> : OptionSpace
    where TOptions : class, new()
{
    private TOptions _start;
    private readonly SortedDictionary<string, (OptionPath Path, SearchDimension Dimension)> _members = new(StringComparer.Ordinal);

    /// <summary>Creates a space of the options with attributes, starting from the defaults of the class.</summary>
    /// <exception cref="ArgumentException">An attribute does not fit its property.</exception>
    public OptionSpace()
        : this(new TOptions())
    {
    }

    /// <summary>
    /// Creates a space of the options with attributes, starting from an object, which also provides the values of all options that are not searched. If it
    /// has a value outside a range or a choice, the space is extended by this value.
    /// </summary>
    /// <param name="start">The first options to try.</param>
    /// <exception cref="ArgumentException">An attribute does not fit its property.</exception>
    public OptionSpace(TOptions start)
    {
        ArgumentNullException.ThrowIfNull(start);
        _start = start;
        // The start is the first trial, so that its values belong to the space.
        foreach ((OptionPath path, SearchDimension dimension) in AttributedOptions.Of(typeof(TOptions)))
            _members[path.Name] = (path, path.Get(start) is { } value ? dimension.Including(value) : dimension);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SearchDimension> Dimensions => [.. _members.Values.Select(member => member.Dimension)];

    internal override double[] Start => [.. PointOf(_start)];

    /// <summary>Searches an option over a range of whole numbers, both ends included. A start outside the range is moved to the nearest end.</summary>
    /// <param name="member">The option: <c>o =&gt; o.Network.HiddenSize</c>.</param>
    /// <param name="minimum">The minimum.</param>
    /// <param name="maximum">The maximum.</param>
    /// <param name="logarithmic">Whether the scale is logarithmic: equal distances are equal ratios.</param>
    /// <exception cref="ArgumentException"><paramref name="member"/> is not a property, or the range is empty.</exception>
    public OptionSpace<TOptions> Range(Expression<Func<TOptions, int>> member, int minimum, int maximum, bool logarithmic = false) =>
        Range((LambdaExpression)member, minimum, maximum, logarithmic);

    /// <summary>Searches an option over a range of numbers. A start outside the range is moved to the nearest end.</summary>
    /// <inheritdoc cref="Range(Expression{Func{TOptions, int}}, int, int, bool)"/>
    public OptionSpace<TOptions> Range(Expression<Func<TOptions, float>> member, float minimum, float maximum, bool logarithmic = false) =>
        Range((LambdaExpression)member, minimum, maximum, logarithmic);

    /// <summary>Searches an option over a range of numbers. A start outside the range is moved to the nearest end.</summary>
    /// <inheritdoc cref="Range(Expression{Func{TOptions, int}}, int, int, bool)"/>
    public OptionSpace<TOptions> Range(Expression<Func<TOptions, double>> member, double minimum, double maximum, bool logarithmic = false) =>
        Range((LambdaExpression)member, minimum, maximum, logarithmic);

    /// <summary>Searches an option over several values.</summary>
    /// <typeparam name="TValue">The type of the option.</typeparam>
    /// <param name="member">The option: <c>o =&gt; o.Network.Cell</c>.</param>
    /// <param name="values">The values. If the start has none of them, it gets the first.</param>
    /// <exception cref="ArgumentException"><paramref name="member"/> is not a property, or there are no values, or duplicate ones.</exception>
    public OptionSpace<TOptions> Choice<TValue>(Expression<Func<TOptions, TValue>> member, params TValue[] values)
        where TValue : notnull
    {
        OptionPath path = OptionPath.Of(member);
        return Add(path, SearchDimension.Choice(path.Name, [.. values.Cast<object>()]));
    }

    /// <summary>Excludes an option, and all options inside it, from the search: it keeps its value at the start.</summary>
    /// <param name="member">The option, or an options object: <c>o =&gt; o.Training</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="member"/> is not a property.</exception>
    public OptionSpace<TOptions> Fix(Expression<Func<TOptions, object?>> member)
    {
        OptionPath fixedPath = OptionPath.Of(member);
        foreach (string name in _members.Where(pair => pair.Value.Path.StartsWith(fixedPath)).Select(pair => pair.Key).ToArray()) _members.Remove(name);
        return this;
    }

    /// <summary>Converts the searched values of options to JSON: <c>{"Network":{"Cell":"Gru","HiddenSize":128}}</c>.</summary>
    /// <param name="options">The options.</param>
    public string ToJson(TOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ToJson(Values(options));
    }

    /// <summary>Reads values from JSON, nested as in <see cref="ToJson(TOptions)"/>. Options that it does not contain have their value at the start.</summary>
    /// <param name="json">The values. Names are those of the properties; enums are names or numbers.</param>
    /// <exception cref="ArgumentException">An option is not searched, or a value is not one of its choices.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public TOptions FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"Options in JSON: expected an object, got {json}", nameof(json));
        (object copy, var inner) = (OptionPath.Copy(_start), new Dictionary<string, object>());
        foreach ((string name, JsonElement value) in Flat(document.RootElement, ""))
        {
            if (!_members.TryGetValue(name, out (OptionPath Path, SearchDimension Dimension) member))
                throw new ArgumentException($"Options in JSON: expected one of {string.Join(", ", _members.Keys)}, got {name}.", nameof(json));
            object given = Read(value, member.Path);
            if (member.Dimension.Choices is not null) member.Dimension.PositionOf(given);         // throws for other values
            member.Path.Set(copy, inner, given);
        }
        return (TOptions)copy;
    }

    /// <summary>
    /// Converts options to a point: a number from 0 to 1 for each of <see cref="Dimensions"/>. Values outside a range are moved to the nearest end.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option has a value that is not one of its choices.</exception>
    public IReadOnlyList<double> PointOf(TOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. _members.Values.Select(member => member.Dimension.PositionOf(member.Path.Get(options)))];
    }

    /// <summary>The options at a point: the start with its searched values.</summary>
    /// <param name="point">A number from 0 to 1 for each of <see cref="Dimensions"/>.</param>
    /// <exception cref="ArgumentException">The numbers are more or fewer.</exception>
    public TOptions At(IReadOnlyList<double> point)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Count != _members.Count)
            throw new ArgumentException($"Search space: expected a point of {_members.Count} numbers, got {point.Count}.", nameof(point));
        return (TOptions)Create(point);
    }

    internal override object CreateStart() => OptionPath.Copy(_start);

    internal override IReadOnlyDictionary<string, object?> Values(object options) =>
        _members.ToDictionary(member => member.Key, member => member.Value.Path.Get(options));

    internal override object Create(IReadOnlyList<double> point)
    {
        (object copy, var inner) = (OptionPath.Copy(_start), new Dictionary<string, object>());
        int i = 0;
        foreach ((OptionPath path, SearchDimension dimension) in _members.Values) path.Set(copy, inner, dimension.ValueAt(point[i++]));
        return copy;
    }

    private OptionSpace<TOptions> Range(LambdaExpression member, double minimum, double maximum, bool logarithmic)
    {
        OptionPath path = OptionPath.Of(member);
        return Add(path, SearchDimension.Range(path.Name, path.Type, Decimal(minimum), Decimal(maximum), logarithmic));
        // The decimal digits of a float.
        double Decimal(double x) => path.Type == typeof(float)
            ? double.Parse(((float)x).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : x;
    }

    private OptionSpace<TOptions> Add(OptionPath path, SearchDimension dimension)
    {
        _members[path.Name] = (path, dimension);
        // The start must be inside the space.
        TOptions copy = (TOptions)OptionPath.Copy(_start);
        path.Set(copy, [], path.Get(_start) is { } value ? dimension.Nearest(value) : dimension.ValueAt(0));
        _start = copy;
        return this;
    }

    private static IEnumerable<(string Name, JsonElement Value)> Flat(JsonElement element, string path)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object) yield return (path + property.Name, property.Value);
            else foreach ((string, JsonElement) inner in Flat(property.Value, $"{path}{property.Name}.")) yield return inner;
        }
    }

    private static object Read(JsonElement value, OptionPath path)
    {
        try
        {
            if (path.Type.IsEnum && value.ValueKind == JsonValueKind.String) return Enum.Parse(path.Type, value.GetString()!, ignoreCase: true);
            return value.Deserialize(path.Type)!;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new ArgumentException($"Options in JSON, {path.Name}: expected a {path.Type.Name}, got {value.GetRawText()}.", e);
        }
    }
}
