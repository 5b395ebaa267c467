using System.Globalization;
using System.Reflection;
using Microsoft.ML.SearchSpace;

namespace MlNetRnn.Experiments;

/// <summary>Finds the options to search: the properties of a class that have ML.NET's attributes Range, Choice, BooleanChoice and NestOption.</summary>
internal static class AttributedOptions
{
    /// <summary>Returns the options of a class, including those of nested classes.</summary>
    /// <exception cref="ArgumentException">An attribute is on a field, where it has no effect, or does not fit its property.</exception>
    public static IEnumerable<(OptionPath Path, SearchDimension Dimension)> Of(Type options) => Of(options, []);

    private static IEnumerable<(OptionPath, SearchDimension)> Of(Type type, PropertyInfo[] above)
    {
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
            if (field.GetCustomAttributes().Any(attribute => attribute is RangeAttribute or ChoiceAttribute or BooleanChoiceAttribute or NestOptionAttribute))
                throw new ArgumentException($"Search space, {type.Name}.{field.Name}: expected a property with get and set, got a field. Make it a property.");
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            PropertyInfo[] here = [.. above, property];
            if (property.GetCustomAttribute<NestOptionAttribute>() is not null)
            {
                foreach ((OptionPath, SearchDimension) inner in Of(property.PropertyType, here)) yield return inner;
            }
            else if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                var path = new OptionPath(here);
                yield return (path, SearchDimension.Range(path.Name, property.PropertyType, Number(range.Min), Number(range.Max), range.LogBase));
            }
            else if (property.GetCustomAttribute<ChoiceAttribute>() is { } choice)
            {
                var path = new OptionPath(here);
                yield return (path, SearchDimension.Choice(path.Name, choice.Candidates));
            }
            else if (property.GetCustomAttribute<BooleanChoiceAttribute>() is not null)
            {
                var path = new OptionPath(here);
                yield return (path, SearchDimension.Choice(path.Name, [false, true]));
            }
        }
    }

    // Through the text: 0.002f means 0.002, not 0.00200000009….
    private static double Number(object value) => double.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture);
}
