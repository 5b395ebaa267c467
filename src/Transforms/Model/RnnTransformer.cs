using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;

namespace MlNetRnn;

/// <summary>
/// A trained recurrent neural network as an ML.NET transformer. The trainers of MlNetRnn.Trainers create it, or <c>mlContext.Model.Load</c> loads it; scoring
/// requires only MlNetRnn.Transforms.
/// </summary>
/// <remarks>
/// <para>Immutable and thread-safe: any number of threads and prediction engines can use it at once. It is not disposable, so that disposing one prediction
/// engine does not affect the others.</para>
/// <para><see cref="Transform"/> is lazy: it reads ahead and scores blocks of 1, 8 and then 64 rows. A prediction engine scores single rows. Both return the
/// same values, within 1e-5 (with 8-bit weights, mostly within 0.01). Empty text, missing values and unknown words are scored, never rejected. Only a grid
/// whose numbers do not fill it, or that has more cells than the model allows, is refused.</para>
/// </remarks>
public sealed class RnnTransformer : ITransformer, IBlockTransform, INativeModel, IModel<RnnTransformer>
{
    private readonly RnnModel _model;

    internal RnnTransformer(RnnModel model) => _model = model;

    internal RnnModel Model => _model;

    /// <summary>The column that holds the sequences.</summary>
    public string InputColumnName => _model.Spec.InputColumn;

    /// <summary>The number of words in the vocabulary; 0 if the steps are frames of numbers.</summary>
    public int VocabularySize => _model.Words.Main.Words.Count;

    /// <summary>The number of values in a frame of the input column; 0 if the steps are words.</summary>
    public int FrameSize => _model.Spec.Reading.FrameSize;

    /// <summary>Whether the weights of the network are quantized to 8-bit integers; see <c>Quantize</c> in MlNetRnn.Trainers.</summary>
    public bool IsQuantized => _model.Spec.IsQuantized;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>Returns the schema of the transformed data: all input columns and the columns that the model adds.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the model's columns to the data. Nothing is computed before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    /// <summary>
    /// Writes the network as an ONNX graph. A second file, <c>NAME.vocabulary.json</c>, describes the inputs and outputs, the tokenization, the words in the
    /// order of their numbers, and the labels in the order of the scores.
    /// </summary>
    /// <param name="path">The file; the usual extension is <c>.onnx</c>. Existing files are replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void SaveAsOnnx(string path) => OnnxExport.Write(_model, path);

    /// <summary>Returns the task, the input column and the size in one line.</summary>
    public override string ToString() =>
        $"{_model.Task.Description} of '{InputColumnName}' ({Size}"
        + $"{(IsQuantized ? ", 8-bit weights" : "")})";

    private string Size => FrameSize == 0 ? $"{VocabularySize} words"
        : _model.Spec.Reading.Grid is null ? $"frames of {FrameSize} numbers"
        : $"grids with {FrameSize} {(FrameSize == 1 ? "number" : "numbers")} per cell";

    void INativeModel.Open() => _model.Network.Open();

    void INativeModel.Close() => _model.Network.Close();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(ctx, ModelParts.LoaderName, ModelSaving.ToParts(_model));

    static string IModel<RnnTransformer>.LoaderName => ModelParts.LoaderName;

    static RnnTransformer IModel<RnnTransformer>.FromParts(IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts) =>
        new(ModelSaving.FromParts(parts, RnnModel.GpuOf(environment)));

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got a recurrent network ({this}), which ML.NET does not support: "
        + "the graph would lack it. Take the RnnTransformer out of the chain and call its SaveAsOnnx.";

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) =>
        SequenceKinds.BindAll(schema, _model.Inputs);

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema) => _model.Task.OutputColumns(schema);

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) =>
        new ModelBlock(_model, source, inputs);
}
