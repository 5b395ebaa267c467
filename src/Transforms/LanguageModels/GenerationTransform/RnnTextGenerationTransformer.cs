using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.Columns;
using MlNetRnn.LanguageModels;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;

namespace MlNetRnn;

/// <summary>
/// A transformer that continues each text of a column with a language model. Created by <c>mlContext.Transforms.Text.GenerateText(…)</c>, or loaded by
/// <c>mlContext.Model.Load</c>; it needs only MlNetRnn.Transforms.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. The text of a row depends on its prompt, the options, the seed and the model, and not on other rows: equal prompts have equal
/// texts, and a prediction engine returns the same as <see cref="Transform"/>. With 8-bit weights, other rows can change the rounding.
/// </remarks>
public sealed class RnnTextGenerationTransformer : ITransformer, IBlockTransform, INativeModel, IModel<RnnTextGenerationTransformer>
{
    internal const string Role = "prompt";

    private const string SpecPart = "Generation.json";

    private readonly TextGenerationSpec _spec;
    private readonly RnnTextGenerator _generator;

    internal RnnTextGenerationTransformer(RnnLanguageModelTransformer model, TextGenerationSpec spec) =>
        (LanguageModel, _spec, _generator) = (model, spec, new RnnTextGenerator(model));

    internal RnnLanguageModelTransformer LanguageModel { get; }

    bool ITransformer.IsRowToRowMapper => true;

    static string IModel<RnnTextGenerationTransformer>.LoaderName => ModelParts.TextGenerationLoaderName;

    /// <summary>Returns the same transform with another language model.</summary>
    internal RnnTextGenerationTransformer With(RnnLanguageModelTransformer model) => new(model, _spec);

    /// <summary>Returns the schema of the transformed data: all input columns, the texts and, if wanted, their scores.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of prompts is missing or has another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the texts to the data. Nothing is generated before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of prompts is missing or has another type.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    /// <summary>Returns the columns and the model in one line.</summary>
    public override string ToString() => $"Text generation from '{_spec.PromptColumn}' to '{_spec.TextColumn}' ({LanguageModel})";

    void INativeModel.Open() => LanguageModel.Model.Open(rows: 1).Dispose();

    void INativeModel.Close() => LanguageModel.Model.Release();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        if (_spec.Options.Constraint is not null)
            throw new NotSupportedException(
                $"Save: expected options without a {nameof(RnnGenerationOptions.Constraint)}, got one, which is code and cannot be saved. "
                + "Save the language model, and create the transform after loading it.");
        ModelParts.Save(ctx, ModelParts.TextGenerationLoaderName, [(SpecPart, _spec.ToJson()), .. LanguageModelSaving.ToParts(LanguageModel)]);
    }

    static RnnTextGenerationTransformer IModel<RnnTextGenerationTransformer>.FromParts(
        IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts) => new(
        LanguageModelSaving.FromParts(parts, RnnModel.GpuOf(environment)), TextGenerationSpec.FromJson(ModelParts.Require(parts, SpecPart)));

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got a generator of texts ({this}), which is a loop. "
        + "Take it out of the chain; SaveAsOnnx of its language model writes a step of the loop.";

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) => [TextColumn.Bind(schema, Role, _spec.PromptColumn)];

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema)
    {
        var text = new DataViewSchema.DetachedColumn(_spec.TextColumn, TextDataViewType.Instance);
        return _spec.ScoreColumn is { } score ? [text, new(score, NumberDataViewType.Single)] : [text];
    }

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) =>
        new GeneratedTextBlock(_generator, _spec.Options, source.GetGetter<ReadOnlyMemory<char>>(inputs[0]));
}
