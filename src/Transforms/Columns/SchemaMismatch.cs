using Microsoft.ML;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>Exceptions about columns, with the same wording everywhere: role, name, expected, got, what to do.</summary>
internal static class SchemaMismatch
{
    /// <summary>The advice for a validation set that does not match the training data.</summary>
    public const string SameTransforms = "Pass the validation rows through the transforms that were fitted on the training data.";

    public const string CheckOptions = "Check the column name in the options.";

    public static ArgumentOutOfRangeException Missing(
        string role, string name, string expected, IEnumerable<string> present, string remedy, string parameter) =>
        new(parameter, $"Could not find {role} column '{name}': expected {expected}, got only the columns {List(present)}. {remedy}");

    public static ArgumentOutOfRangeException Mistyped(string role, string name, string expected, string got, string remedy, string parameter) =>
        new(parameter, $"Schema mismatch for {role} column '{name}': expected {expected}, got {got}. {remedy}");

    public static DataViewSchema.Column Require(this DataViewSchema schema, string role, string name, string expected, string remedy = CheckOptions) =>
        schema.GetColumnOrNull(name) ?? throw Missing(role, name, expected, schema.Where(c => !c.IsHidden).Select(c => c.Name), remedy, nameof(schema));

    public static SchemaShape.Column Require(this SchemaShape shape, string role, string name, string expected) =>
        shape.Find(name) ?? throw Missing(role, name, expected, shape.Select(c => c.Name), CheckOptions, "inputSchema");

    private static string List(IEnumerable<string> names)
    {
        string list = string.Join(", ", names.Select(name => $"'{name}'"));
        return list.Length == 0 ? "(none)" : list;
    }
}
