using Microsoft.ML;

namespace MlNetRnn.MLNetBridge;

/// <summary>A transformer that computes its columns for blocks of rows, for use by <see cref="BatchedView"/> and <see cref="RowMapper"/>.</summary>
internal interface IBlockTransform
{
    /// <summary>The message for ML.NET's conversion to ONNX, which the transformer does not support.</summary>
    string OnnxRefusal { get; }

    /// <summary>Returns the columns of a schema that the outputs depend on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    IReadOnlyList<DataViewSchema.Column> BindInputs(DataViewSchema schema);

    /// <summary>Returns the columns that the transformer adds.</summary>
    IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema schema);

    /// <summary>Creates a block that reads from a row or cursor. It belongs to one cursor and is never shared.</summary>
    IRowBlock CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs);
}
