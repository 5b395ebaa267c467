using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.TokenizingTransform;

namespace MlNetRnn;

/// <summary>
/// An estimator of a transformer that splits a column of texts into tokens and adds the position of each token. Created by
/// <c>mlContext.Transforms.Text.TokenizeWithOffsets(…)</c>.
/// </summary>
/// <remarks><see cref="Fit"/> reads no data.</remarks>
public sealed class RnnTokenizingEstimator : IEstimator<RnnTokenizingTransformer>
{
    private readonly TokenColumns _columns;

    internal RnnTokenizingEstimator(TokenColumns columns) => _columns = columns;

    /// <summary>Returns the schema of the transformed data.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of texts is missing or has another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        TextColumn.Check(inputSchema, RnnTokenizingTransformer.Role, _columns.Input);
        return inputSchema.With(
        [
            SchemaShapes.VariableVector(_columns.Output, TextDataViewType.Instance),
            SchemaShapes.VariableVector(_columns.Start, NumberDataViewType.Int32),
            SchemaShapes.VariableVector(_columns.Length, NumberDataViewType.Int32),
        ]);
    }

    /// <summary>Creates the transformer.</summary>
    /// <param name="input">The data, whose schema is validated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of texts is missing or has another type.</exception>
    public RnnTokenizingTransformer Fit(IDataView input)
    {
        var transformer = new RnnTokenizingTransformer(_columns);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }
}
