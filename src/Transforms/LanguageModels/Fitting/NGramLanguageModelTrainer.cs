using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.LanguageModels;

namespace MlNetRnn;

/// <summary>
/// A trainer of n-gram language models with interpolated modified Kneser-Ney smoothing (Chen and Goodman, 1999): the classical baseline of a recurrent network.
/// It counts and needs no native library. Create it with <c>mlContext.Transforms.Text.NGramLanguageModel(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Language modeling: probabilities of texts, and generation of texts</description></item>
/// <item><term>Input</term><description><c>String</c>, <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> of units</description></item>
/// <item><term>Label</term><description>None: the model predicts the next symbol of the input</description></item>
/// <item><term>Output</term><description>LogProbability, Perplexity (Single); on request Symbols (Vector of Text) and their log-probabilities (Vector of
/// Single)</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>Only if computing the input is slow: the data is read twice</description></item>
/// <item><term>Required NuGet package in addition to Microsoft.ML</term><description>MlNetRnn.Transforms</description></item>
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// <para>The model uses all rows: nothing is held out. The result depends only on the data and the options.</para>
/// </remarks>
/// <example>
/// <code>
/// RnnLanguageModelTransformer model = ml.Transforms.Text.NGramLanguageModel(new() { InputColumnName = "Line" }).Fit(lines);
/// Console.WriteLine(ml.Rnn().CreateTextGenerator(model).Generate("ROMEO:"));
/// </code>
/// </example>
public sealed class NGramLanguageModelTrainer : IEstimator<RnnLanguageModelTransformer>
{
    private readonly NGramFitting _fitting;

    internal NGramLanguageModelTrainer(IHostEnvironment environment, NGramLanguageModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        _fitting = new NGramFitting(environment.Register(nameof(NGramLanguageModelTrainer)), options);
    }

    /// <summary>Returns the output schema of the transformer that <see cref="Fit"/> creates, without reading data.</summary>
    /// <param name="inputSchema">Schema of the training data.</param>
    /// <returns>The columns of the input schema and the output columns of the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _fitting.OutputSchema(inputSchema);

    /// <summary>Counts the n-grams.</summary>
    /// <param name="input">Training data.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or has the wrong type, or the order is not possible.</exception>
    /// <exception cref="InvalidOperationException">The data has no row.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public RnnLanguageModelTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _fitting.Fit(input);
    }
}
