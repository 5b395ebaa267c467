using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>The one door to the kinds of sequence columns: an additional kind is one file and one line here.</summary>
internal static class SequenceKinds
{
    private const string Role = "input", AdditionalRole = "additional input";
    private const string AdditionalRemedy = "Give a value for each step, and set FrameSize of the additional column for numbers (Vector<Single>) only.";
    private static readonly SequenceKind[] All = [new TextKind(), new TokensKind(), new KeysKind(), new FramesKind()];

    /// <exception cref="FormatException">No such kind: the model was saved by a newer version.</exception>
    public static SequenceKind ByName(string name) => All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new FormatException($"Input kind: expected one of {string.Join(", ", All.Select(kind => kind.Name))}, got '{name}'. Update MlNetRnn.Transforms.");

    /// <summary>A column of training data and its kind.</summary>
    /// <param name="schema">The training data.</param>
    /// <param name="name">The column.</param>
    /// <param name="frameSize">The numbers of a frame; 0 where the user says nothing of frames.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that is no sequence.</exception>
    public static (DataViewSchema.Column Column, SequenceKind Kind) Of(DataViewSchema schema, string name, int frameSize)
    {
        DataViewSchema.Column column = schema.Require(Role, name, Expected(frameSize));
        SequenceKind kind = Candidates(frameSize).FirstOrDefault(candidate => candidate.Accepts(column.Type))
            ?? throw SchemaMismatch.Mistyped(Role, name, Expected(frameSize), column.Type.ToString()!, Remedy(frameSize), nameof(schema));
        if (kind.HasFrames && column.Type is VectorDataViewType { Size: > 0 and var size } && size % frameSize != 0)
            throw SchemaMismatch.Mistyped(Role, name, $"whole frames of {frameSize} numbers (FrameSize)", $"a vector of {size}", "Check FrameSize.", nameof(schema));
        return (column, kind);
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that is no sequence.</exception>
    public static SequenceKind Check(SchemaShape shape, string name, int frameSize)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected(frameSize));
        return Candidates(frameSize).FirstOrDefault(kind => kind.Accepts(column))
            ?? throw SchemaMismatch.Mistyped(Role, name, Expected(frameSize), column.Describe(), Remedy(frameSize), "inputSchema");
    }

    /// <exception cref="ArgumentOutOfRangeException">The column does not hold texts, in which tokens could stand.</exception>
    public static void RequireText(SequenceKind kind, string name, string parameter)
    {
        if (!kind.CutsText)
            throw SchemaMismatch.Mistyped(Role, name, "String, because OffsetsColumnName is set", kind.Description, "Set OffsetsColumnName to null, or give the texts themselves.", parameter);
    }

    /// <summary>An additional column of training data, with a value for each step, and its kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that has no value for each step.</exception>
    public static (DataViewSchema.Column Column, SequenceKind Kind) OfAdditional(DataViewSchema schema, string name, int frameSize)
    {
        DataViewSchema.Column column = schema.Require(AdditionalRole, name, ExpectedAdditional(frameSize));
        SequenceKind kind = AdditionalCandidates(frameSize).FirstOrDefault(candidate => candidate.Accepts(column.Type))
            ?? throw SchemaMismatch.Mistyped(AdditionalRole, name, ExpectedAdditional(frameSize), column.Type.ToString()!, AdditionalRemedy, nameof(schema));
        return (column, kind);
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that has no value for each step.</exception>
    public static void CheckAdditional(SchemaShape shape, string name, int frameSize)
    {
        SchemaShape.Column column = shape.Require(AdditionalRole, name, ExpectedAdditional(frameSize));
        if (!AdditionalCandidates(frameSize).Any(kind => kind.Accepts(column)))
            throw SchemaMismatch.Mistyped(AdditionalRole, name, ExpectedAdditional(frameSize), column.Describe(), AdditionalRemedy, "inputSchema");
    }

    /// <summary>The column that a trained model reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or not of the kind that the model was trained on.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, SequenceInput input, bool isAdditional)
    {
        string role = isAdditional ? AdditionalRole : Role;
        DataViewSchema.Column column = schema.Require(role, input.ColumnName, input.Kind.Description);
        return Accepted(input.Kind, column, role, "Give the column the type that it has in the training data.");
    }

    /// <summary>The column of validation rows that belongs to that of the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or not of the kind of the training data.</exception>
    public static DataViewSchema.Column BindValidation(DataViewSchema schema, SequenceInput input)
    {
        const string ValidationRole = $"validation {Role}";
        DataViewSchema.Column column = schema.Require(ValidationRole, input.ColumnName, input.Kind.Description, SchemaMismatch.SameTransforms);
        return Accepted(input.Kind, column, ValidationRole, SchemaMismatch.SameTransforms);
    }

    // Numbers are frames only where the user says how large a frame is: any feature vector would pass otherwise.
    private static IEnumerable<SequenceKind> Candidates(int frameSize) => All.Where(kind => kind.HasFrames == frameSize > 0);

    private static IEnumerable<SequenceKind> AdditionalCandidates(int frameSize) => Candidates(frameSize).Where(kind => !kind.CutsText);

    private static string ExpectedAdditional(int frameSize) => string.Join(" or ", AdditionalCandidates(frameSize).Select(kind => kind.Description));

    private static string Expected(int frameSize) => string.Join(" or ", Candidates(frameSize).Select(kind => kind.Description));

    private static string Remedy(int frameSize) => frameSize > 0
        ? "Set FrameSize for sequences of numbers only."
        : "Load the text as String, cut it into tokens with Transforms.Text.TokenizeIntoWords, or set FrameSize for sequences of numbers (Vector<Single>).";

    private static DataViewSchema.Column Accepted(SequenceKind kind, DataViewSchema.Column column, string role, string remedy) => kind.Accepts(column.Type)
        ? column
        : throw SchemaMismatch.Mistyped(role, column.Name, kind.Description, column.Type.ToString()!, remedy, "schema");
}
