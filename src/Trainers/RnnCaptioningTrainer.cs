using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// A trainer of captioning models: from the features of an image, or any vector of numbers, to a sentence, symbol by symbol (Vinyals et al., 2015; Xu et al.,
/// 2015; Pedersoli et al., 2017). Create it with <c>mlContext.Transforms.Text.RnnCaptioning(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Vector or set of vectors to sequence</description></item>
/// <item><term>Input</term><description>Features: <c>Vector&lt;Single&gt;</c>, one vector or the vectors of several regions; on request their boxes,
/// <c>Vector&lt;Single&gt;</c>. Target, for training only: <c>String</c>, <c>Vector&lt;String&gt;</c> or
/// <c>Vector&lt;Key&gt;</c></description></item>
/// <item><term>Output</term><description>Caption (String), Score (Single); on request n-best captions, symbols, attention, boxes</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>If computing the features is slow: the data is read twice. Equal features are kept
/// once</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for captions</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnCaptioningTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// RnnCaptioningTransformer model = ml.Transforms.Text.RnnCaptioning(featuresColumnName: "ImageVector", targetColumnName: "Sentence").Fit(rows);
/// Console.WriteLine(ml.Rnn().CreateCaptioner(model).Caption(vector));
/// </code>
/// </example>
public sealed class RnnCaptioningTrainer : IEstimator<RnnCaptioningTransformer>
{
    private readonly IHost _host;
    private readonly RnnCaptioningOptions _options;
    private readonly RnnCaptioningTransformer? _start;
    private readonly int _seed;

    internal RnnCaptioningTrainer(IHostEnvironment environment, RnnCaptioningOptions options, RnnCaptioningTransformer? start = null)
    {
        OptionsValidation.Check(options, nameof(options));
        _host = environment.Register(nameof(RnnCaptioningTrainer));
        (_options, _start) = (options, start);
        // As for all trainers: the seed of the MLContext itself, or a number that is drawn once.
        _seed = options.Training.Seed ?? CatalogEnvironment.Seed(environment) ?? _host.Rand.Next();
    }

    /// <summary>Returns the output schema of the transformer that <see cref="Fit"/> creates, without reading data.</summary>
    /// <param name="inputSchema">Schema of the training data.</param>
    /// <returns>The columns of the input schema and the output columns of the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Fitting(Math.Max(1, _options.RegionSize)).OutputSchema(inputSchema);

    /// <summary>Trains a network.</summary>
    /// <param name="input">Training data.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, has the wrong type, or a size that the options do not fit.</exception>
    /// <exception cref="ArgumentException">A column does not fit the model whose training is continued.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    /// <exception cref="InvalidOperationException">
    /// The data has no pair of image and caption, the numbers of a row are not regions, the loss is not finite, or no native libtorch library was found.
    /// </exception>
    /// <exception cref="FormatException">A checkpoint is not valid.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public RnnCaptioningTransformer Fit(IDataView input) => new(Fitting(_options.RegionSizeIn(input.Schema)).Fit(input, AmbientSupervisor.Current));

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for the network, its weights and its symbols: units that the model
    /// does not know are read as the unknown symbol.
    /// </summary>
    /// <param name="model">A fitted or loaded captioning model of a single network.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">The model is an ensemble or quantized.</exception>
    public RnnCaptioningTrainer ContinueFrom(RnnCaptioningTransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        StartingTranslation.RefuseUntrainable(model.Network);
        return new(_host, _options, model);
    }

    private TranslationFitting Fitting(int regionSize)
    {
        RnnTranslationOptions options = _options.ToTranslation(regionSize);
        if (_start is not null) options = StartingTranslation.Options(_start.Network, options, _options.Defaults.ToTranslation(regionSize));
        return new TranslationFitting(_host, options, _seed, _start?.Network);
    }
}
