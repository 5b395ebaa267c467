using Microsoft.ML;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>What a trained network is for: it turns the numbers that come out of the network into the columns that ML.NET sees.</summary>
internal abstract class RnnTask
{
    /// <summary>The name in the model file.</summary>
    public abstract string Name { get; }

    /// <summary>The outputs of the graph that it reads.</summary>
    public abstract string[] NetworkOutputs { get; }

    /// <summary>The columns that it adds to a schema.</summary>
    public abstract IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input);

    /// <summary>A ValueGetter for one of these columns.</summary>
    /// <param name="output">Which.</param>
    /// <param name="results">The numbers of the current block; computes them when they are first asked for.</param>
    /// <param name="current">The current row of the block.</param>
    public abstract Delegate CreateGetter(int output, Func<RowValues[]> results, Func<int> current);
}
