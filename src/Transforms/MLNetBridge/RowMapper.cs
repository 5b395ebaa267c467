using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.MLNetBridge;

/// <summary>
/// A transformer that is bound to an input schema. The columns 0 to <see cref="FirstOutput"/>−1 of the output schema are the input columns in their order; the
/// others are the added columns.
/// </summary>
internal sealed class RowMapper : IRowToRowMapper
{
    public RowMapper(IBlockTransform transform, DataViewSchema input)
    {
        (Transform, InputSchema, Inputs) = (transform, input, transform.BindInputs(input));
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(transform.OutputColumns(input));
        OutputSchema = builder.ToSchema();
    }

    public IBlockTransform Transform { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IReadOnlyList<DataViewSchema.Column> Inputs { get; }

    public int FirstOutput => InputSchema.Count;

    public bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[OutputSchema.Count];
        foreach (DataViewSchema.Column column in columns) active[column.Index] = true;
        return active;
    }

    public bool AnyOutput(bool[] active) => active.AsSpan(FirstOutput).Contains(true);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        Dependencies(Active(dependingColumns));

    public IEnumerable<DataViewSchema.Column> Dependencies(bool[] active)
    {
        bool anyOutput = AnyOutput(active);
        return InputSchema.Where(column => active[column.Index] || anyOutput && Inputs.Any(input => input.Index == column.Index));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
            throw new ArgumentException("Row: expected the schema of this mapper, got another. Create a mapper for this schema.", nameof(input));
        return new MappedRow(this, input, Active(activeColumns));
    }

    /// <summary>Returns the getter of a column with its type.</summary>
    /// <exception cref="InvalidOperationException">The column is not active, or its values have another type.</exception>
    public static ValueGetter<T> Cast<T>(Delegate? getter, DataViewSchema.Column column) => getter as ValueGetter<T>
        ?? throw new InvalidOperationException(getter is null
            ? $"Column '{column.Name}': expected an active column, got an inactive one. Name it when the cursor is opened."
            : $"Column '{column.Name}': expected a getter for its type {column.Type}, got one for {typeof(T)}.");

    /// <summary>Calls a private generic method of <paramref name="target"/> for a type that is known only at run time.</summary>
    public static Delegate CallGeneric(object target, string method, Type type, params object[] arguments) =>
        (Delegate)target.GetType().GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(type).Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
