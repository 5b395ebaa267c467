using MlNetRnn;
using MlNetRnn.LanguageModels;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>Generation of texts as a transform in a pipeline.</summary>
public static class RnnTextGenerationCatalog
{
    /// <summary>Creates a transform that continues each text of a column with a language model.</summary>
    /// <remarks>
    /// The random numbers of a row come from the seed of the options and from the prompt, so that a text does not depend on other rows, and equal prompts have
    /// equal texts. Without a seed, one is drawn when this method is called; it is saved with the model.
    /// </remarks>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.Text.GenerateText(languageModel, "Continuation", "Line", new RnnGenerationOptions { MaximumLength = 50, Seed = 1 });
    /// IDataView continued = pipeline.Fit(lines).Transform(lines);
    /// </code>
    /// </example>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="model">A language model, trained or loaded; or a chain of transformers that contains one, of which only the language model is used.</param>
    /// <param name="outputColumnName">The column that receives the texts after the prompts.</param>
    /// <param name="promptColumnName">The column of prompts (<c>String</c>). A missing prompt is an empty one.</param>
    /// <param name="options">The options; <see langword="null"/> for the default ones.</param>
    /// <param name="scoreColumnName">
    /// The column that receives the score of each text (<c>Single</c>), its log-probability; <see langword="null"/> for none.
    /// </param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">A name or an option is not valid, or the model is not, and does not contain, a language model.</exception>
    public static RnnTextGenerationEstimator GenerateText(
        this TransformsCatalog.TextTransforms catalog,
        ITransformer model,
        string outputColumnName,
        string promptColumnName,
        RnnGenerationOptions? options = null,
        string? scoreColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(promptColumnName);
        if (scoreColumnName is not null) ArgumentException.ThrowIfNullOrEmpty(scoreColumnName);
        if (scoreColumnName == outputColumnName)
            throw new ArgumentException(
                $"Score column: expected a name other than that of the text column, got '{scoreColumnName}' for both.", nameof(scoreColumnName));
        options ??= new();
        options.Validate(nameof(options));
        if (options.NBest > 1)
            throw new ArgumentException(
                $"NBest: expected 1, got {options.NBest}: the column holds the best text. Use a text generator for several texts.", nameof(options));
        SupportedMLNet.Require();
        RnnLanguageModelTransformer languageModel = RnnGenerationCatalog.LanguageModelOf(model, nameof(model));
        return new RnnTextGenerationEstimator(
            languageModel,
            new TextGenerationSpec(promptColumnName, outputColumnName, scoreColumnName, options with { Seed = options.Seed ?? Random.Shared.Next() }));
    }
}
