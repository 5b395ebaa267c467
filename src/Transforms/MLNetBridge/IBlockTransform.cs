using Microsoft.ML;

namespace MlNetRnn.MLNetBridge;

/// <summary>What the batched view and the row mapper need of a transformer: which columns it reads and adds, and a working set.</summary>
internal interface IBlockTransform
{
    /// <summary>Why it cannot be a part of ML.NET's conversion to ONNX, and what to do.</summary>
    string OnnxRefusal { get; }

    /// <summary>The input columns that its outputs depend on, bound to a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    IReadOnlyList<DataViewSchema.Column> BindInputs(DataViewSchema schema);

    /// <summary>The columns that it adds.</summary>
    IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema schema);

    /// <summary>A working set that reads from one source row or cursor. It belongs to one cursor and is never shared.</summary>
    IRowBlock CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs);
}

/// <summary>Some rows of input and, from the first time that one is asked for, their outputs.</summary>
internal interface IRowBlock
{
    /// <summary>Forgets all rows.</summary>
    void Clear();

    /// <summary>Reads the row on which the source stands.</summary>
    void Read();

    /// <summary>Whether it holds so much that no additional row should be read; never true before the first.</summary>
    bool IsFull { get; }

    /// <summary>A ValueGetter that serves an output for the row with the number <paramref name="current"/> returns.</summary>
    Delegate CreateGetter(int output, Func<int> current);
}
