using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.LanguageModels;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;

namespace MlNetRnn;

/// <summary>
/// A trained language model as an ML.NET transformer: it computes the probability of texts, symbol by symbol. <c>mlContext.Rnn().CreateTextGenerator(model)</c>
/// generates texts with it. The trainers of MlNetRnn.Trainers create it, or <c>mlContext.Model.Load</c> loads it; it needs only MlNetRnn.Transforms.
/// </summary>
/// <remarks>
/// <para>The log-probability of a row includes the end of the row: log P(text, end). It is a natural logarithm. The perplexity is exp(−log-probability ÷ number
/// of symbols, the end included).</para>
/// <para>Immutable and thread-safe: any number of threads can use it at once. Empty and missing texts are scored: they have the probability that a text ends
/// at once.</para>
/// </remarks>
public sealed class RnnLanguageModelTransformer : ITransformer, IBlockTransform, INativeModel, IModel<RnnLanguageModelTransformer>
{
    private readonly LanguageModelOutput[] _outputs;

    internal RnnLanguageModelTransformer(LanguageModelSpec spec, LanguageModel model)
    {
        (Spec, Model) = (spec, model);
        _outputs = LanguageModelOutput.Of(spec.Columns, model.Codec);
        Input = new SymbolColumn(spec.InputColumn, Columns.SequenceKinds.ByName(spec.InputKind));
    }

    internal LanguageModelSpec Spec { get; }

    internal LanguageModel Model { get; }

    internal SymbolColumn Input { get; }

    /// <summary>The column that holds the texts.</summary>
    public string InputColumnName => Spec.InputColumn;

    /// <summary>The unit that the model predicts.</summary>
    public RnnLanguageUnit Unit => Model.Codec.Unit;

    /// <summary>The number of symbols, the boundary of documents and the unknown symbol included.</summary>
    public int SymbolCount => Model.Codec.Count;

    /// <summary>
    /// The text of each symbol, in the order of the numbers that a <see cref="RnnSymbolConstraint"/> receives: the boundary (an empty text), the unknown
    /// symbol, the units. A subword that ends within a character has U+FFFD there.
    /// </summary>
    public IReadOnlyList<string> Symbols => [.. Enumerable.Range(0, SymbolCount).Select(Model.Codec.TextOf)];

    /// <summary>Whether the weights of the network are quantized to 8-bit integers.</summary>
    public bool IsQuantized => Spec.IsQuantized;

    bool ITransformer.IsRowToRowMapper => true;

    static string IModel<RnnLanguageModelTransformer>.LoaderName => ModelParts.LanguageModelLoaderName;

    /// <summary>Returns the schema of the transformed data: all input columns and the columns that the model adds.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the model's columns to the data. Nothing is computed before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    /// <summary>
    /// Writes the network as an ONNX graph, with its state as inputs and outputs. A second file, <c>NAME.vocabulary.json</c>, describes the inputs and outputs,
    /// the loop that generates, and the symbols in the order of their numbers. Each member of an ensemble has files of its own, <c>NAME.1.onnx</c>,
    /// <c>NAME.2.onnx</c>, …; the probability of a symbol is the mean of theirs.
    /// </summary>
    /// <param name="path">The file; the usual extension is <c>.onnx</c>. Existing files are replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="NotSupportedException">The model, or a member of the ensemble, is not a recurrent network.</exception>
    public void SaveAsOnnx(string path) => LanguageModelExport.Write(Model, Spec.IsStream, path);

    /// <summary>Returns the kind of the model, its unit and the number of its symbols.</summary>
    public override string ToString() =>
        $"Language model of '{InputColumnName}' ({Model.Description}, {SymbolCount} symbols: {Unit}{(IsQuantized ? ", 8-bit weights" : "")})";

    void INativeModel.Open() => Model.Prepare();

    void INativeModel.Close() => Model.Release();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(ctx, ModelParts.LanguageModelLoaderName, LanguageModelSaving.ToParts(this));

    static RnnLanguageModelTransformer IModel<RnnLanguageModelTransformer>.FromParts(
        IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts) =>
        LanguageModelSaving.FromParts(parts, RnnModel.GpuOf(environment));

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got a language model ({this}), which ML.NET does not support. "
        + "Take the RnnLanguageModelTransformer out of the chain and call its SaveAsOnnx.";

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) => [Input.Bind(schema)];

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema) =>
        [.. _outputs.Select(output => new DataViewSchema.DetachedColumn(output.Name, output.Type))];

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) =>
        new LanguageModelBlock(Model, _outputs, Input.OpenSymbols(source, inputs[0], Model.Codec));
}
