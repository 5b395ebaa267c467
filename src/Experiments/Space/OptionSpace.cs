using System.Text.Json.Nodes;

namespace MlNetRnn.Experiments;

/// <summary>The search space of an experiment: the options that it tries, and its start. Create an <see cref="OptionSpace{TOptions}"/>.</summary>
public abstract class OptionSpace
{
    private protected OptionSpace()
    {
    }

    /// <summary>The options that are searched, in ordinal order of their names.</summary>
    public abstract IReadOnlyList<SearchDimension> Dimensions { get; }

    /// <summary>The start as a point: a number from 0 to 1 for each of <see cref="Dimensions"/>.</summary>
    internal abstract double[] Start { get; }

    /// <summary>Returns a copy of the options at the start.</summary>
    internal abstract object CreateStart();

    /// <summary>Returns the options at a point.</summary>
    internal abstract object Create(IReadOnlyList<double> point);

    /// <summary>Returns the searched values of options, by name.</summary>
    internal abstract IReadOnlyDictionary<string, object?> Values(object options);

    /// <summary>Converts searched values to JSON, nested like the options: <c>{"Network":{"Cell":"Gru"}}</c>.</summary>
    private protected static string ToJson(IReadOnlyDictionary<string, object?> values)
    {
        var root = new JsonObject();
        foreach ((string name, object? value) in values)
        {
            string[] path = name.Split('.');
            JsonObject holder = root;
            foreach (string part in path[..^1])
            {
                if (holder[part] is not JsonObject inner) holder[part] = inner = [];
                holder = inner;
            }
            holder[path[^1]] = value is Enum ? JsonValue.Create(value.ToString()) : JsonValue.Create(value);
        }
        return root.ToJsonString();
    }
}
