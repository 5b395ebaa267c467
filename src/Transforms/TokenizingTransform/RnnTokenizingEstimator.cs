using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.TokenizingTransform;

namespace MlNetRnn;

/// <summary>Cuts a column of texts into tokens and adds where they stand. Created by <c>mlContext.Transforms.Text.TokenizeWithOffsets(…)</c>.</summary>
/// <remarks>There is nothing to learn: <see cref="Fit"/> reads no data.</remarks>
public sealed class RnnTokenizingEstimator : IEstimator<RnnTokenizingTransformer>
{
    private readonly TokenColumns _columns;

    internal RnnTokenizingEstimator(TokenColumns columns) => _columns = columns;

    /// <summary>Returns the schema that <see cref="Fit"/>'s transformer will give, without data.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of texts is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column column = inputSchema.Require(RnnTokenizingTransformer.Role, _columns.Input, RnnTokenizingTransformer.Expected);
        if (!column.IsScalar() || column.ItemType is not TextDataViewType)
            throw SchemaMismatch.Mistyped(RnnTokenizingTransformer.Role, _columns.Input, RnnTokenizingTransformer.Expected, column.Describe(), RnnTokenizingTransformer.Remedy, nameof(inputSchema));
        return inputSchema.With(
        [
            SchemaShapes.VariableVector(_columns.Output, TextDataViewType.Instance),
            SchemaShapes.VariableVector(_columns.Start, NumberDataViewType.Int32),
            SchemaShapes.VariableVector(_columns.Length, NumberDataViewType.Int32),
        ]);
    }

    /// <summary>Creates the transformer.</summary>
    /// <param name="input">The data, whose schema is checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of texts is missing or of another type.</exception>
    public RnnTokenizingTransformer Fit(IDataView input)
    {
        var transformer = new RnnTokenizingTransformer(_columns);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }
}
