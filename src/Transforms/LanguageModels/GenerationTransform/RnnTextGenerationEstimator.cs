using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.LanguageModels;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn;

/// <summary>
/// An estimator of a transformer that continues each text of a column with a language model. Created by
/// <c>mlContext.Transforms.Text.GenerateText(…)</c>.
/// </summary>
/// <remarks><see cref="Fit"/> reads no data: the language model is already trained.</remarks>
public sealed class RnnTextGenerationEstimator : IEstimator<RnnTextGenerationTransformer>
{
    private readonly RnnLanguageModelTransformer _model;
    private readonly TextGenerationSpec _spec;

    internal RnnTextGenerationEstimator(RnnLanguageModelTransformer model, TextGenerationSpec spec) => (_model, _spec) = (model, spec);

    /// <summary>Returns the schema of the transformed data.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of prompts is missing or has another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        TextColumn.Check(inputSchema, RnnTextGenerationTransformer.Role, _spec.PromptColumn);
        SchemaShape.Column text = SchemaShapes.Scalar(_spec.TextColumn, TextDataViewType.Instance);
        return inputSchema.With(_spec.ScoreColumn is { } score ? [text, SchemaShapes.Scalar(score, NumberDataViewType.Single)] : [text]);
    }

    /// <summary>Creates the transformer.</summary>
    /// <param name="input">The data, whose schema is validated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of prompts is missing or has another type.</exception>
    public RnnTextGenerationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var transformer = new RnnTextGenerationTransformer(_model, _spec);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }
}
