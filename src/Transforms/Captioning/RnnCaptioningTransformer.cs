using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;
using MlNetRnn.Translation;

namespace MlNetRnn;

/// <summary>
/// A trained captioning model as an ML.NET transformer: it adds a sentence for the features of each row. <c>mlContext.Rnn().CreateCaptioner(model)</c> captions
/// single images, and scores given captions. The trainers of MlNetRnn.Trainers create it, or <c>mlContext.Model.Load</c> loads it; it needs only
/// MlNetRnn.Transforms.
/// </summary>
/// <remarks>
/// Immutable and thread-safe: any number of threads can use it at once. NaN is a missing number; a row without numbers is an image of which nothing is known.
/// </remarks>
public sealed class RnnCaptioningTransformer : ITransformer, IBlockTransform, INativeModel, IModel<RnnCaptioningTransformer>
{
    private readonly IBlockTransform _block;

    /// <param name="network">The encoder-decoder network, whose source is the regions of an image.</param>
    internal RnnCaptioningTransformer(RnnTranslationTransformer network) => (Network, _block) = (network, network);

    internal RnnTranslationTransformer Network { get; }

    /// <summary>The column that holds the features of the images.</summary>
    public string FeaturesColumnName => Network.SourceColumnName;

    /// <summary>The column with the boxes of the regions; <see langword="null"/> for none.</summary>
    public string? BoxesColumnName => Regions.BoxesColumn;

    /// <summary>The column that the captions are written to.</summary>
    public string CaptionColumnName => Network.TranslationColumnName;

    /// <summary>How captions are found.</summary>
    public RnnTranslationDecodingOptions Decoding => Network.Decoding;

    /// <summary>The text of each symbol, in the order of the numbers that a <see cref="RnnSymbolConstraint"/> receives.</summary>
    public IReadOnlyList<string> Symbols => Network.Symbols;

    /// <summary>Whether the weights of the network are quantized to 8-bit integers.</summary>
    public bool IsQuantized => Network.IsQuantized;

    bool ITransformer.IsRowToRowMapper => true;

    internal RegionSpec Regions => Network.Spec.Source.Regions!;

    static string IModel<RnnCaptioningTransformer>.LoaderName => ModelParts.CaptioningLoaderName;

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got a captioning model ({this}), which ML.NET does not support. "
        + "Take the RnnCaptioningTransformer out of the chain and call its SaveAsOnnx.";

    /// <summary>Returns a transformer with the same model that finds captions in another way.</summary>
    /// <param name="decoding">The options. A maximum length that is null is that of the model.</param>
    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    public RnnCaptioningTransformer WithDecoding(RnnTranslationDecodingOptions decoding)
    {
        ArgumentNullException.ThrowIfNull(decoding);
        return new(Network.WithDecoding(new SourceTranslator(Network).Check(decoding)));
    }

    /// <summary>Returns the schema of the transformed data: all input columns and the columns that the model adds.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the model's columns to the data. Nothing is computed before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    /// <summary>
    /// Writes the network as two ONNX graphs: <c>NAME.encoder.onnx</c> reads the regions of an image, <c>NAME.step.onnx</c> predicts the next symbol, with its
    /// state as inputs and outputs. A third file, <c>NAME.translation.json</c>, describes the inputs and outputs, the loop, and the symbols.
    /// </summary>
    /// <param name="path">The path with NAME and any extension, which is replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void SaveAsOnnx(string path) => Network.SaveAsOnnx(path);

    /// <summary>Returns the kind of the model and the number of its symbols.</summary>
    public override string ToString() =>
        $"Captioning of '{FeaturesColumnName}' ({Network.Model.Description}, {Symbols.Count} symbols: {Network.Model.Target.Unit}"
        + $"{(IsQuantized ? ", 8-bit weights" : "")})";

    void INativeModel.Open() => Network.Model.Prepare();

    void INativeModel.Close() => Network.Model.Release();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(ctx, ModelParts.CaptioningLoaderName, TranslationSaving.ToParts(Network));

    static RnnCaptioningTransformer IModel<RnnCaptioningTransformer>.FromParts(
        IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts)
    {
        RnnTranslationTransformer network = TranslationSaving.FromParts(parts, RnnModel.GpuOf(environment));
        return network.Spec.Source.Regions is null
            ? throw new FormatException("Captioning model: expected a source of regions, got another one. The model file is damaged.")
            : new RnnCaptioningTransformer(network);
    }

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) => _block.BindInputs(schema);

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema) => _block.OutputColumns(schema);

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) => _block.CreateBlock(source, inputs);
}
