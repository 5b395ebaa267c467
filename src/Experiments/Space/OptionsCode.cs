using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlNetRnn.Experiments;

/// <summary>Converts options to C# code.</summary>
public static class OptionsCode
{
    private const string Indent = "    ";

    private static readonly JsonSerializerOptions Readable = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Returns an expression that creates the options, with the values that differ from the defaults. Values that are not data (rows, progress,
    /// cancellation) are omitted.
    /// </summary>
    /// <param name="options">The options of a trainer, or any object with a public constructor without parameters.</param>
    public static string Of(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return New(options, "");
    }

    private static string New(object options, string indent)
    {
        Type type = options.GetType();
        object? defaults = type.GetConstructor(Type.EmptyTypes)?.Invoke(null);
        var members = new StringBuilder();
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0) continue;
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is not null) continue;
            object? value = property.GetValue(options);
            if (Equals(value, defaults is null ? null : property.GetValue(defaults))) continue;
            if (Literal(value) is { } literal) members.Append(CultureInfo.InvariantCulture, $"{indent}{Indent}{property.Name} = {literal},\n");
            else if (IsNested(property, value))
                members.Append(CultureInfo.InvariantCulture, $"{indent}{Indent}{property.Name} = {New(value!, indent + Indent)},\n");
            else members.Append(CultureInfo.InvariantCulture, $"{indent}{Indent}// {property.Name}: as before\n");
        }
        return members.Length == 0 ? $"new {type.Name}()" : $"new {type.Name}\n{indent}{{\n{members}{indent}}}";
    }

    private static bool IsNested(PropertyInfo property, object? value) =>
        value is not null and not System.Collections.IEnumerable
        && property.PropertyType.IsClass
        && value.GetType().GetConstructor(Type.EmptyTypes) is not null;

    private static string? Literal(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        Enum e => $"{e.GetType().Name}.{e}",
        // The escapes of JSON are valid in C#.
        string s => JsonSerializer.Serialize(s, Readable),
        float f when !float.IsFinite(f) => float.IsNaN(f) ? "float.NaN" : f > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
        double d when !double.IsFinite(d) => double.IsNaN(d) ? "double.NaN" : d > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
        float f => f.ToString("R", CultureInfo.InvariantCulture) + "f",
        double d => d.ToString("R", CultureInfo.InvariantCulture) is var text && text.Any(c => c is '.' or 'E') ? text : text + ".0",
        int or long or short or byte or uint or ulong => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
