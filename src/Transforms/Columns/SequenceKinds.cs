using Microsoft.ML;
using MlNetRnn.Hosting;

namespace MlNetRnn.Columns;

/// <summary>The one door to the kinds of sequence columns: a further kind is one file and one line here.</summary>
internal static class SequenceKinds
{
    private const string Role = "input";
    private static readonly SequenceKind[] All = [new TextKind(), new TokensKind()];

    private static string AllDescriptions => string.Join(" or ", All.Select(kind => kind.Description));

    private const string Remedy = "Load the text as String, or cut it into tokens with Transforms.Text.TokenizeIntoWords.";

    /// <exception cref="FormatException">No such kind: the model was saved by a newer version.</exception>
    public static SequenceKind ByName(string name) => All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new FormatException($"Input kind: expected one of {string.Join(", ", All.Select(kind => kind.Name))}, got '{name}'. Update MlNetRnn.Transforms.");

    /// <summary>A column of training data and its kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that is no sequence.</exception>
    public static (DataViewSchema.Column Column, SequenceKind Kind) Of(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.Require(Role, name, AllDescriptions);
        return All.FirstOrDefault(kind => kind.Accepts(column.Type)) is { } found
            ? (column, found)
            : throw SchemaMismatch.Mistyped(Role, name, AllDescriptions, column.Type.ToString()!, Remedy, nameof(schema));
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that is no sequence.</exception>
    public static void Check(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Require(Role, name, AllDescriptions);
        if (!All.Any(kind => kind.Accepts(column)))
            throw SchemaMismatch.Mistyped(Role, name, AllDescriptions, column.Describe(), Remedy, "inputSchema");
    }

    /// <summary>The column that a trained model reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or not of the kind that the model was trained on.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, string name, SequenceReading reading)
    {
        SequenceKind kind = ByName(reading.Kind);
        return Accepted(kind, schema.Require(Role, name, kind.Description), Role, "Give the column the type that it has in the training data.");
    }

    /// <summary>The column of validation rows that belongs to that of the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or not of the kind of the training data.</exception>
    public static DataViewSchema.Column BindValidation(DataViewSchema schema, string name, SequenceReading reading)
    {
        const string ValidationRole = $"validation {Role}";
        SequenceKind kind = ByName(reading.Kind);
        return Accepted(kind, schema.Require(ValidationRole, name, kind.Description, SchemaMismatch.SameTransforms), ValidationRole, SchemaMismatch.SameTransforms);
    }

    private static DataViewSchema.Column Accepted(SequenceKind kind, DataViewSchema.Column column, string role, string remedy) => kind.Accepts(column.Type)
        ? column
        : throw SchemaMismatch.Mistyped(role, column.Name, kind.Description, column.Type.ToString()!, remedy, "schema");
}
