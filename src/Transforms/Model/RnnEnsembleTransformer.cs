using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;

namespace MlNetRnn;

/// <summary>
/// Several trained networks as one transformer. Classifiers: the mean of their probabilities. Regression: the mean of their scores. Taggers: the mean of the
/// probabilities of each tag at each step, from which the best tags are found. Created by <c>mlContext.Rnn().CreateEnsemble(…)</c>, or loaded by
/// <c>mlContext.Model.Load</c>; it needs only MlNetRnn.Transforms.
/// </summary>
/// <remarks>
/// <para>Immutable and thread-safe. It has the columns of its members, and takes the time of all of them.</para>
/// <para>The tags of an ensemble follow the rules of IOB2 or IOBES as those of its members do. Their probabilities are means of probabilities of single steps,
/// so that the probability of an alternative is the product of those of its tags.</para>
/// </remarks>
public sealed class RnnEnsembleTransformer : ITransformer, IBlockTransform, INativeModel, IModel<RnnEnsembleTransformer>
{
    private readonly RnnEnsemble _ensemble;

    internal RnnEnsembleTransformer(RnnEnsemble ensemble)
    {
        _ensemble = ensemble;
        Members = [.. ensemble.Members.Select(member => new RnnTransformer(member))];
    }

    /// <summary>The models of the ensemble.</summary>
    public IReadOnlyList<RnnTransformer> Members { get; }

    bool ITransformer.IsRowToRowMapper => true;

    static string IModel<RnnEnsembleTransformer>.LoaderName => ModelParts.EnsembleLoaderName;

    /// <summary>Returns the schema of the transformed data: all input columns and the columns that the models add.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the columns to the data. Nothing is computed before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    /// <summary>
    /// Writes each network as an ONNX graph with its vocabulary: <c>NAME.1.onnx</c>, <c>NAME.2.onnx</c>, … The averaging is not part of the graphs.
    /// </summary>
    /// <param name="path">The file; the usual extension is <c>.onnx</c>. Existing files are replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void SaveAsOnnx(string path)
    {
        for (int i = 0; i < Members.Count; i++)
            Members[i].SaveAsOnnx(RnnEnsemble.FileOf(path, i));
    }

    /// <summary>Returns the task and the number of models in one line.</summary>
    public override string ToString() => $"Ensemble of {Members.Count} models: {_ensemble.Task.Description} of '{Members[0].InputColumnName}'";

    void INativeModel.Open()
    {
        foreach (RnnModel member in _ensemble.Members) member.Network.Open();
    }

    void INativeModel.Close()
    {
        foreach (RnnModel member in _ensemble.Members) member.Network.Close();
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(ctx, ModelParts.EnsembleLoaderName, EnsembleSaving.ToParts(_ensemble));

    static RnnEnsembleTransformer IModel<RnnEnsembleTransformer>.FromParts(IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts) =>
        new(EnsembleSaving.FromParts(parts, RnnModel.GpuOf(environment)));

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got an ensemble ({this}), which ML.NET does not support: "
        + "the graph would lack it. Take the RnnEnsembleTransformer out of the chain and call its SaveAsOnnx.";

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) =>
        SequenceKinds.BindAll(schema, _ensemble.Members[0].Inputs);

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema) => _ensemble.Task.OutputColumns(schema);

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) => new EnsembleBlock(_ensemble, source, inputs);
}
