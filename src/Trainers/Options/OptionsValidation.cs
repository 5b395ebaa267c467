using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace MlNetRnn.Options;

/// <summary>Validates an options record and the records inside it, and reports all errors at once.</summary>
internal static class OptionsValidation
{
    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    public static void Check(object options, string parameter)
    {
        ArgumentNullException.ThrowIfNull(options, parameter);
        string[] faults = [.. Faults(options, "")];
        if (faults.Length == 0) return;
        string list = string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}"));
        throw new ArgumentException($"{options.GetType().Name}: {faults.Length} invalid option(s):{list}", parameter);
    }

    private static IEnumerable<string> Faults(object options, string path)
    {
        // Properties of base types come first.
        IEnumerable<PropertyInfo> properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (PropertyInfo property in properties.OrderBy(property => Depth(property.DeclaringType!)))
        {
            object? value = property.GetValue(options);
            foreach (ValidationAttribute limit in property.GetCustomAttributes<ValidationAttribute>())
                if (!limit.IsValid(value)) yield return $"{path}{property.Name}: expected {Expected(limit)}, got {Show(value)}";
            if (value is "" && property.GetCustomAttribute<RequiredAttribute>() is null)
                yield return $"{path}{property.Name}: expected a name or null, got ''";
            // The type of the value: that of the property may be nullable.
            if (value is Enum && !Enum.IsDefined(value.GetType(), value))
                yield return $"{path}{property.Name}: expected one of {string.Join(", ", Enum.GetNames(value.GetType()))}, got {Show(value)}";
            if (value is not null && IsOptionsRecord(property.PropertyType))
                foreach (string fault in Faults(value, $"{path}{property.Name}.")) yield return fault;
            if (value is IEnumerable<object> list)
                foreach (string fault in list.SelectMany((item, i) => Item(item, $"{path}{property.Name}[{i}]."))) yield return fault;
        }
        if (options is IValidatableObject whole)
            foreach (ValidationResult fault in whole.Validate(new ValidationContext(options))) yield return path + fault.ErrorMessage;

        static IEnumerable<string> Item(object? item, string path) => item is not null && IsOptionsRecord(item.GetType()) ? Faults(item, path) : [];
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;

    private static bool IsOptionsRecord(Type type) =>
        type.Namespace == nameof(MlNetRnn) && type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal);

    private static string Expected(ValidationAttribute limit) => limit switch
    {
        RangeAttribute { Maximum: int.MaxValue or >= (double)float.MaxValue } range => $"{Show(range.Minimum)} or more",
        RangeAttribute range => $"{Show(range.Minimum)} to {Show(range.Maximum)}",
        RequiredAttribute => "a value",
        _ => limit.FormatErrorMessage("it"),
    };

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        double number => number.ToString("G7", CultureInfo.InvariantCulture),       // a limit of 0.95f is stored as 0.949999988…
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
