using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;

namespace MlNetRnn;

/// <summary>
/// A trained recurrent network as an ML.NET transformer. It is made by one of the trainers of MlNetRnn.Trainers, or by
/// <c>mlContext.Model.Load</c>; scoring needs MlNetRnn.Transforms alone.
/// </summary>
/// <remarks>
/// <para>Immutable and safe for any number of threads and prediction engines at once. It is not disposable, so that disposing of one
/// prediction engine leaves all others working.</para>
/// <para><see cref="Transform"/> is lazy, reads ahead and scores in blocks of 1, 8 and then 64 rows; a prediction engine scores single
/// rows. Both give the same values (within 1e-5; mostly within 0.01 with 8-bit weights). Empty text, missing values and unknown words are scored, never refused.</para>
/// </remarks>
public sealed class RnnTransformer : ITransformer, IBlockTransform, IModel<RnnTransformer>
{
    private readonly RnnModel _model;

    internal RnnTransformer(RnnModel model) => _model = model;

    internal RnnModel Model => _model;

    /// <summary>Opens the networks of a model now, so that nobody waits for it later, and a graph that cannot be opened is found.</summary>
    internal static void Open(ITransformer model)
    {
        foreach (RnnTransformer network in NetworksOf(model)) network._model.Network.Open();
    }

    /// <summary>Disposes of a model that is used no longer: what is disposable in it, and the native memory of its networks, which the garbage collector does not see.</summary>
    internal static void Release(ITransformer model)
    {
        (model as IDisposable)?.Dispose();
        foreach (RnnTransformer network in NetworksOf(model)) network._model.Network.Close();
    }

    private static IEnumerable<RnnTransformer> NetworksOf(ITransformer model) => model switch
    {
        RnnTransformer network => [network],
        IEnumerable<ITransformer> chain => chain.SelectMany(NetworksOf),
        _ => [],
    };

    /// <summary>The column that holds the sequences.</summary>
    public string InputColumnName => _model.Spec.InputColumn;

    /// <summary>How many words the model knows; 0 where its steps are frames of numbers.</summary>
    public int VocabularySize => _model.Words.Main.Words.Count;

    /// <summary>How many numbers make a frame of the input column; 0 where its steps are words.</summary>
    public int FrameSize => _model.Spec.Reading.FrameSize;

    /// <summary>Whether weights of the network are 8-bit integers: see <c>Quantize</c> in MlNetRnn.Trainers.</summary>
    public bool IsQuantized => _model.Spec.IsQuantized;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The schema of the transformed data: all input columns, and those that the model adds.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the model's columns to the data. Nothing is computed before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    /// <summary>
    /// Writes the network as an ONNX graph, and beside it, as <c>NAME.vocabulary.json</c>, its inputs and outputs, the tokenisation, the
    /// words in the order of their numbers and the labels in the order of the scores.
    /// </summary>
    /// <param name="path">The file, by custom with the extension <c>.onnx</c>. Existing files are replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void SaveAsOnnx(string path) => OnnxExport.Write(_model, path);

    /// <summary>The task, the input column and the size, in one line.</summary>
    public override string ToString() =>
        $"{_model.Task.Description} of '{InputColumnName}' ({(_model.Spec.Reading.FrameSize is > 0 and var size ? $"frames of {size} numbers" : $"{VocabularySize} words")}{(IsQuantized ? ", 8-bit weights" : "")})";

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(ctx, ModelParts.LoaderName, _model.ToParts());

    static string IModel<RnnTransformer>.LoaderName => ModelParts.LoaderName;

    static RnnTransformer IModel<RnnTransformer>.FromParts(IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts) =>
        new(RnnModel.FromParts(parts, RnnModel.GpuOf(environment)));

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got a recurrent network ({this}), which ML.NET does not support: the graph would lack it. Take the RnnTransformer out of the chain and call its SaveAsOnnx.";

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) =>
        [.. _model.Inputs.Select((input, i) => SequenceKinds.Bind(schema, input, isAdditional: i > 0))];

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema) => _model.Task.OutputColumns(schema);

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) =>
        new ModelBlock(_model, source, inputs);
}
