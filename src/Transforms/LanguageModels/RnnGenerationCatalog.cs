using MlNetRnn;
using MlNetRnn.LanguageModels;

namespace Microsoft.ML;

/// <summary>Operations with language models.</summary>
public static class RnnGenerationCatalog
{
    /// <summary>Creates a generator of texts.</summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="model">
    /// A language model, trained or loaded; or a chain of transformers that contains one, of which only the language model is used.
    /// </param>
    /// <exception cref="ArgumentException">The model is not, and does not contain, a language model, or contains several.</exception>
    /// <example>
    /// <code>
    /// ITransformer model = ml.Model.Load("shakespeare.zip", out _);
    /// Console.WriteLine(ml.Rnn().CreateTextGenerator(model).Generate("ROMEO:", new RnnGenerationOptions { Temperature = 0.8f, Seed = 1 }));
    /// </code>
    /// </example>
    public static RnnTextGenerator CreateTextGenerator(this RnnOperationsCatalog operations, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(model);
        return new RnnTextGenerator(LanguageModelOf(model, nameof(model)));
    }

    /// <summary>
    /// Combines language models into one: the probability of each symbol is the mean of theirs (model averaging). It is usually more accurate than its best
    /// member. It scores, generates, and is saved and loaded as one model.
    /// </summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="models">
    /// Models with the same symbols, recurrent networks or n-gram models, such as networks that were trained with different seeds. The first one determines the
    /// names of the columns.
    /// </param>
    /// <exception cref="ArgumentException">The list of models is empty, or the models have different symbols or input columns.</exception>
    /// <example>
    /// <code>
    /// RnnLanguageModelTransformer ensemble = ml.Rnn().CreateEnsemble(first, second, third);
    /// ml.Model.Save(ensemble, lines.Schema, "ensemble.zip");
    /// </code>
    /// </example>
    public static RnnLanguageModelTransformer CreateEnsemble(
        this RnnOperationsCatalog operations, params IReadOnlyList<RnnLanguageModelTransformer> models)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(models);
        if (models.Contains(null!)) throw new ArgumentException("Ensemble: expected models, got null among them.", nameof(models));
        return LanguageModelEnsembles.Create(models);
    }

    /// <summary>Returns the language model in a transformer or a chain of transformers.</summary>
    /// <exception cref="ArgumentException">There is none, or there are several.</exception>
    internal static RnnLanguageModelTransformer LanguageModelOf(ITransformer model, string parameter) =>
        ChainedLanguageModel.Find(model, "Text generation", parameter).Model;
}
