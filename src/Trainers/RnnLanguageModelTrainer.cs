using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>
/// A trainer of language models: recurrent networks that predict the next character, word or subword of a text from all before it (Mikolov et al., 2010;
/// Graves, 2013). Create it with <c>mlContext.Transforms.Text.RnnLanguageModel(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Language modeling: probabilities of texts, and generation of texts</description></item>
/// <item><term>Input</term><description><c>String</c>, <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> of units</description></item>
/// <item><term>Label</term><description>None: the model predicts the next symbol of the input</description></item>
/// <item><term>Output</term><description>LogProbability, Perplexity (Single); on request Symbols (Vector of Text) and their log-probabilities (Vector of
/// Single)</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>Only if computing the input is slow: the data is read three times, and kept in memory as numbers of four
/// bytes per symbol</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for scoring and generation</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnLanguageModelTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// <para>Training uses teacher forcing: the true symbol is the next input. The best epoch is the one with the highest probability of the validation
/// data.</para>
/// </remarks>
/// <example>
/// <code>
/// RnnLanguageModelTransformer model = ml.Transforms.Text.RnnLanguageModel(inputColumnName: "Line", joinRows: true).Fit(lines);
/// Console.WriteLine(ml.Rnn().CreateTextGenerator(model).Generate("ROMEO:"));
/// </code>
/// </example>
public sealed class RnnLanguageModelTrainer : IEstimator<RnnLanguageModelTransformer>
{
    private readonly IHost _host;
    private readonly RnnLanguageModelOptions _options;
    private readonly LanguageModelFitting _fitting;

    internal RnnLanguageModelTrainer(IHostEnvironment environment, RnnLanguageModelOptions options, RnnLanguageModelTransformer? start = null)
    {
        OptionsValidation.Check(options, nameof(options));
        _host = environment.Register(nameof(RnnLanguageModelTrainer));
        _options = options;
        // As for all trainers: the seed of the MLContext itself, or a number that is drawn once.
        int seed = options.Training.Seed ?? CatalogEnvironment.Seed(environment) ?? _host.Rand.Next();
        _fitting = new LanguageModelFitting(_host, options, seed, start);
    }

    /// <summary>Returns the output schema of the transformer that <see cref="Fit"/> creates, without reading data.</summary>
    /// <param name="inputSchema">Schema of the training data.</param>
    /// <returns>The columns of the input schema and the output columns of the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _fitting.OutputSchema(inputSchema);

    /// <summary>Trains a network.</summary>
    /// <param name="input">Training data.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or has the wrong type.</exception>
    /// <exception cref="ArgumentException">The column is of another kind than that of the model whose training is continued.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The data has no row, the loss is not finite, or no native libtorch library was found.</exception>
    /// <exception cref="FormatException">A checkpoint is not valid.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public RnnLanguageModelTransformer Fit(IDataView input) => _fitting.Fit(input, AmbientSupervisor.Current);

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for the network, its weights and its symbols: units that the model
    /// does not know are read as the unknown symbol.
    /// </summary>
    /// <param name="model">A fitted or loaded language model of a recurrent network.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model is not a recurrent network, is quantized, or the options of this trainer for the network or the units differ from both the model's and the
    /// defaults.
    /// </exception>
    public RnnLanguageModelTrainer ContinueFrom(RnnLanguageModelTransformer model) =>
        new(_host, StartingLanguageModel.Options(model, _options), model);
}
