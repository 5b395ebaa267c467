using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.TokenizingTransform;

namespace MlNetRnn;

/// <summary>
/// A transformer that splits a column of texts into tokens and adds the position of each token. Created by
/// <c>mlContext.Transforms.Text.TokenizeWithOffsets(…)</c>, or loaded by <c>mlContext.Model.Load</c>.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RnnTokenizingTransformer : ITransformer, IBlockTransform, IModel<RnnTokenizingTransformer>
{
    internal const string Role = "text";

    private const string Part = "Tokens.json";

    private readonly TokenColumns _columns;

    internal RnnTokenizingTransformer(TokenColumns columns) => _columns = columns;

    bool ITransformer.IsRowToRowMapper => true;

    static string IModel<RnnTokenizingTransformer>.LoaderName => ModelParts.TokenizerLoaderName;

    /// <summary>Returns the schema of the transformed data: all input columns, the tokens and their positions.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of texts is missing or has another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the columns to the data. Nothing is computed before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of texts is missing or has another type.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(ctx, ModelParts.TokenizerLoaderName, [(Part, _columns.ToJson())]);

    static RnnTokenizingTransformer IModel<RnnTokenizingTransformer>.FromParts(IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts) =>
        new(TokenColumns.FromJson(ModelParts.Require(parts, Part)));

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got the tokenizer of '{_columns.Input}', for which ONNX has no operator. "
        + "Tokenize before you run the graph; docs/model-format.md states the rules.";

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) => [TextColumn.Bind(schema, Role, _columns.Input)];

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema) =>
    [
        new(_columns.Output, new VectorDataViewType(TextDataViewType.Instance)),
        new(_columns.Start, new VectorDataViewType(NumberDataViewType.Int32)),
        new(_columns.Length, new VectorDataViewType(NumberDataViewType.Int32)),
    ];

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) =>
        new TokenBlock(source.GetGetter<ReadOnlyMemory<char>>(inputs[0]), _columns.CreateTokenizer());
}
