using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// A trainer of translation models: an encoder reads a sequence, a decoder predicts another one, symbol by symbol, and attends to the source (Sutskever et al.,
/// 2014; Bahdanau et al., 2015; Luong et al., 2015). For translation, spelling, transliteration, normalization, and from numbers to text. Create it with
/// <c>mlContext.Transforms.Text.RnnTranslation(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Sequence to sequence</description></item>
/// <item><term>Input</term><description>Source: <c>String</c>, <c>Vector&lt;String&gt;</c>, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of
/// frames. Target, for training only: <c>String</c>, <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c></description></item>
/// <item><term>Output</term><description>Translation (String), Score (Single); on request n-best translations, symbols, alignment, encoder
/// state</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>Only if computing the input is slow: the data is read twice, and kept in memory as numbers of four
/// bytes per symbol</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for translation</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTranslationTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// RnnTranslationTransformer model = ml.Transforms.Text.RnnTranslation(sourceColumnName: "English", targetColumnName: "German").Fit(pairs);
/// Console.WriteLine(ml.Rnn().CreateTranslator(model).Translate("a man rides a bicycle ."));
/// </code>
/// </example>
public sealed class RnnTranslationTrainer : IEstimator<RnnTranslationTransformer>
{
    private readonly IHost _host;
    private readonly RnnTranslationOptions _options;
    private readonly TranslationFitting _fitting;

    internal RnnTranslationTrainer(IHostEnvironment environment, RnnTranslationOptions options, RnnTranslationTransformer? start = null)
    {
        OptionsValidation.Check(options, nameof(options));
        _host = environment.Register(nameof(RnnTranslationTrainer));
        _options = options;
        // As for all trainers: the seed of the MLContext itself, or a number that is drawn once.
        int seed = options.Training.Seed ?? CatalogEnvironment.Seed(environment) ?? _host.Rand.Next();
        _fitting = new TranslationFitting(_host, options, seed, start);
    }

    /// <summary>Returns the output schema of the transformer that <see cref="Fit"/> creates, without reading data.</summary>
    /// <param name="inputSchema">Schema of the training data.</param>
    /// <returns>The columns of the input schema and the output columns of the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _fitting.OutputSchema(inputSchema);

    /// <summary>Trains a network.</summary>
    /// <param name="input">Training data.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="ArgumentException">A column does not fit the model whose training is continued, or a language is not one of its languages.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The data has no pair, the loss is not finite, or no native libtorch library was found.</exception>
    /// <exception cref="FormatException">A checkpoint is not valid.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public RnnTranslationTransformer Fit(IDataView input) => _fitting.Fit(input, AmbientSupervisor.Current);

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for the network, its weights, its symbols and its languages: units
    /// that the model does not know are read as the unknown symbol.
    /// </summary>
    /// <param name="model">A fitted or loaded translation model of a single network.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model is an ensemble or quantized, or the options of this trainer for the network or the units differ from both the model's and the defaults.
    /// </exception>
    public RnnTranslationTrainer ContinueFrom(RnnTranslationTransformer model) => new(_host, StartingTranslation.Options(model, _options, new()), model);
}
