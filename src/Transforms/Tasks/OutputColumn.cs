using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Tasks;

/// <summary>A column that a task adds.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Type">The type of the column.</param>
/// <param name="CreateGetter">Creates a ValueGetter over the results of a block. It returns the value of the row whose number the function returns.</param>
/// <param name="Annotate">Adds the annotations of the column, given the number of this scorer in the pipeline.</param>
internal sealed record OutputColumn(
    string Name, DataViewType Type, Func<IRowResults, Func<int>, Delegate> CreateGetter, Action<DataViewSchema.Annotations.Builder, uint>? Annotate = null);
