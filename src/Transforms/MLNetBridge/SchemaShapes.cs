using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.MLNetBridge;

/// <summary>Creates columns of a <see cref="SchemaShape"/>, whose constructor is internal in ML.NET.</summary>
internal static class SchemaShapes
{
    public static SchemaShape.Column Scalar(string name, DataViewType type, params SchemaShape.Column[] annotations) =>
        new(name, SchemaShape.Column.VectorKind.Scalar, type, false, new SchemaShape(annotations));

    public static SchemaShape.Column Vector(string name, DataViewType itemType, params SchemaShape.Column[] annotations) =>
        new(name, SchemaShape.Column.VectorKind.Vector, itemType, false, new SchemaShape(annotations));

    public static SchemaShape.Column VariableVector(string name, DataViewType itemType) =>
        new(name, SchemaShape.Column.VectorKind.VariableVector, itemType, false, new SchemaShape([]));

    public static SchemaShape.Column VariableVectorOfKeys(string name, params SchemaShape.Column[] annotations) =>
        new(name, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, true, new SchemaShape(annotations));

    public static SchemaShape.Column Key(string name, params SchemaShape.Column[] annotations) =>
        new(name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, new SchemaShape(annotations));

    public static bool IsScalar(this SchemaShape.Column column) => column.Kind == SchemaShape.Column.VectorKind.Scalar && !column.IsKey;

    public static bool IsScalarKey(this SchemaShape.Column column) => column.Kind == SchemaShape.Column.VectorKind.Scalar && column.IsKey;

    public static bool IsVector(this SchemaShape.Column column) => column.Kind != SchemaShape.Column.VectorKind.Scalar && !column.IsKey;

    public static bool IsVectorOfKeys(this SchemaShape.Column column) => column.Kind != SchemaShape.Column.VectorKind.Scalar && column.IsKey;

    public static SchemaShape.Column? Find(this SchemaShape shape, string name)
    {
        foreach (SchemaShape.Column column in shape)
            if (column.Name == name) return column;
        return null;
    }

    /// <summary>Returns the input columns with additional ones, which replace columns of the same name.</summary>
    public static SchemaShape With(this SchemaShape input, IEnumerable<SchemaShape.Column> added)
    {
        var columns = input.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in added) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    /// <summary>Returns the type of a column for messages: <c>Vector&lt;Single&gt;</c>, <c>Key&lt;UInt32&gt;</c>.</summary>
    public static string Describe(this SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString()!;
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
            SchemaShape.Column.VectorKind.VariableVector => $"Vector<{item}, *>",
            _ => item,
        };
    }
}
