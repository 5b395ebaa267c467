using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Columns;

/// <summary>The kinds of sequence columns: an additional kind is one file and one line here.</summary>
internal static class SequenceKinds
{
    private const string Role = "input", AdditionalRole = "additional input";
    private const string AdditionalRemedy = "Give a value for each step, and set FrameSize of the additional column for numbers (Vector<Single>) only.";
    private static readonly SequenceKind[] All = [new TextKind(), new TokensKind(), new KeysKind(), new FramesKind(), new GridKind()];

    /// <summary>Returns the kind with a name.</summary>
    /// <exception cref="FormatException">The kind is unknown: the model was saved by a newer version.</exception>
    public static SequenceKind ByName(string name) => All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new FormatException(
            $"Input kind: expected one of {string.Join(", ", All.Select(kind => kind.Name))}, got '{name}'. Update MlNetRnn.Transforms.");

    /// <summary>Returns a column of the training data and its kind.</summary>
    /// <param name="schema">The schema of the training data.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="frameSize">The number of values in a frame; 0 if the user did not set it.</param>
    /// <param name="isGrid">Whether the frames are the cells of a grid.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its type is not a sequence.</exception>
    public static (DataViewSchema.Column Column, SequenceKind Kind) Of(DataViewSchema schema, string name, int frameSize, bool isGrid = false)
    {
        DataViewSchema.Column column = schema.Require(Role, name, Expected(frameSize, isGrid));
        SequenceKind kind = Candidates(frameSize, isGrid).FirstOrDefault(candidate => candidate.Accepts(column.Type))
            ?? throw SchemaMismatch.Mistyped(Role, name, Expected(frameSize, isGrid), column.Type.ToString()!, Remedy(frameSize, isGrid), nameof(schema));
        if (kind is { HasFrames: true, IsGrid: false } && column.Type is VectorDataViewType { Size: > 0 and var size } && size % frameSize != 0)
        {
            string expected = $"whole frames of {frameSize} numbers (FrameSize)";
            throw SchemaMismatch.Mistyped(Role, name, expected, $"a vector of {size}", "Check FrameSize.", nameof(schema));
        }
        return (column, kind);
    }

    /// <summary>Returns the kind of a column in the schema of an estimator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its type is not a sequence.</exception>
    public static SequenceKind Check(SchemaShape shape, string name, int frameSize, bool isGrid = false)
    {
        SchemaShape.Column column = shape.Require(Role, name, Expected(frameSize, isGrid));
        return Candidates(frameSize, isGrid).FirstOrDefault(kind => kind.Accepts(column))
            ?? throw SchemaMismatch.Mistyped(Role, name, Expected(frameSize, isGrid), column.Describe(), Remedy(frameSize, isGrid), "inputSchema");
    }

    /// <summary>Validates that a column holds texts, in which tokens have offsets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column does not hold texts.</exception>
    public static void RequireText(SequenceKind kind, string name, string parameter)
    {
        if (kind.CutsText) return;
        const string Expected = "String, because OffsetsColumnName is set", Advice = "Set OffsetsColumnName to null, or use the column of the texts.";
        throw SchemaMismatch.Mistyped(Role, name, Expected, kind.Description, Advice, parameter);
    }

    /// <summary>Returns an additional column of the training data, with a value for each step, and its kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its type has no value for each step.</exception>
    public static (DataViewSchema.Column Column, SequenceKind Kind) OfAdditional(DataViewSchema schema, string name, int frameSize)
    {
        DataViewSchema.Column column = schema.Require(AdditionalRole, name, ExpectedAdditional(frameSize));
        SequenceKind kind = AdditionalCandidates(frameSize).FirstOrDefault(candidate => candidate.Accepts(column.Type))
            ?? throw SchemaMismatch.Mistyped(AdditionalRole, name, ExpectedAdditional(frameSize), column.Type.ToString()!, AdditionalRemedy, nameof(schema));
        return (column, kind);
    }

    /// <summary>Validates an additional column in the schema of an estimator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its type has no value for each step.</exception>
    public static void CheckAdditional(SchemaShape shape, string name, int frameSize)
    {
        SchemaShape.Column column = shape.Require(AdditionalRole, name, ExpectedAdditional(frameSize));
        if (!AdditionalCandidates(frameSize).Any(kind => kind.Accepts(column)))
            throw SchemaMismatch.Mistyped(AdditionalRole, name, ExpectedAdditional(frameSize), column.Describe(), AdditionalRemedy, "inputSchema");
    }

    /// <summary>Returns the column that a trained model reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its kind differs from that of the training data.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, SequenceInput input, bool isAdditional)
    {
        string role = isAdditional ? AdditionalRole : Role;
        DataViewSchema.Column column = schema.Require(role, input.ColumnName, input.Kind.Description);
        return Accepted(input, column, role, "Give the column the type that it has in the training data.");
    }

    /// <summary>Returns all columns that the inputs of a model are read from: those of <see cref="Bind"/>, in their order, and then their companions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or its kind differs from that of the training data.</exception>
    public static IReadOnlyList<DataViewSchema.Column> BindAll(DataViewSchema schema, IReadOnlyList<SequenceInput> inputs) =>
    [
        .. inputs.Select((input, i) => Bind(schema, input, isAdditional: i > 0)), .. Companions(schema, inputs),
    ];

    /// <summary>Returns the columns that the readers of inputs need in addition to their own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public static IEnumerable<DataViewSchema.Column> Companions(DataViewSchema schema, IReadOnlyList<SequenceInput> inputs) =>
        inputs.SelectMany(input => input.Kind.BindCompanions(schema, input.Reading));

    /// <summary>Returns the column of the validation data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its kind differs from that of the training data.</exception>
    public static DataViewSchema.Column BindValidation(DataViewSchema schema, SequenceInput input)
    {
        const string ValidationRole = $"validation {Role}";
        DataViewSchema.Column column = schema.Require(ValidationRole, input.ColumnName, input.Kind.Description, SchemaMismatch.SameTransforms);
        return Accepted(input, column, ValidationRole, SchemaMismatch.SameTransforms);
    }

    // Numbers are frames only if the user sets the size of a frame; otherwise any feature vector would be accepted.
    private static IEnumerable<SequenceKind> Candidates(int frameSize, bool isGrid) =>
        All.Where(kind => kind.IsGrid == isGrid && (isGrid || kind.HasFrames == frameSize > 0));

    private static IEnumerable<SequenceKind> AdditionalCandidates(int frameSize) => Candidates(frameSize, isGrid: false).Where(kind => !kind.CutsText);

    private static string ExpectedAdditional(int frameSize) => string.Join(" or ", AdditionalCandidates(frameSize).Select(kind => kind.Description));

    private static string Expected(int frameSize, bool isGrid) =>
        string.Join(" or ", Candidates(frameSize, isGrid).Select(kind => kind.Description));

    private static string Remedy(int frameSize, bool isGrid) => isGrid
        ? "Get the pixels of an image with ExtractPixels, or give a Vector<Single> with the dimensions height, width and channels."
        : frameSize > 0
        ? "Set FrameSize for sequences of numbers only."
        : "Load the text as String, split it into tokens with Transforms.Text.TokenizeIntoWords, or set FrameSize for sequences of numbers (Vector<Single>).";

    private static DataViewSchema.Column Accepted(SequenceInput input, DataViewSchema.Column column, string role, string remedy)
    {
        if (!input.Kind.Accepts(column.Type))
            throw SchemaMismatch.Mistyped(role, column.Name, input.Kind.Description, column.Type.ToString()!, remedy, "schema");
        input.Kind.Check(column, input.Reading);
        return column;
    }
}
