using MlNetRnn;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Translation;

namespace Microsoft.ML;

/// <summary>Operations with translation models.</summary>
public static class RnnTranslatorCatalog
{
    /// <summary>Creates a translator of texts.</summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="model">
    /// A translation model, trained or loaded; or a chain of transformers that contains one, of which only the translation model is used.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The model is not, and does not contain, a translation model, or contains several; or it translates frames of numbers.
    /// </exception>
    /// <example>
    /// <code>
    /// RnnTranslator translator = ml.Rnn().CreateTranslator(ml.Model.Load("en-de.zip", out _));
    /// Console.WriteLine(translator.Translate("a man rides a bicycle ."));
    /// </code>
    /// </example>
    public static RnnTranslator CreateTranslator(this RnnOperationsCatalog operations, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(model);
        RnnTranslationTransformer[] found = [.. ChainLinks.Of(model).OfType<RnnTranslationTransformer>()];
        if (found.Length != 1)
            throw new ArgumentException(
                $"Translator: expected a translation model (RnnTranslation), got {(found.Length == 0 ? "none" : $"{found.Length} of them")} in "
                + $"{model.GetType().Name}. Train one with ml.Transforms.Text.RnnTranslation.", nameof(model));
        return new RnnTranslator(found[0]);
    }

    /// <summary>
    /// Combines translation models into one: the probability of each symbol is the mean of theirs. It is usually more accurate than its best member.
    /// </summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="models">
    /// Models with the same symbols, such as networks that were trained on the same rows with different seeds. The first one determines the names of the
    /// columns and the options.
    /// </param>
    /// <exception cref="ArgumentException">The list of models is empty, or the models have different symbols, sources or languages.</exception>
    public static RnnTranslationTransformer CreateEnsemble(this RnnOperationsCatalog operations, params IReadOnlyList<RnnTranslationTransformer> models)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(models);
        if (models.Contains(null!)) throw new ArgumentException("Ensemble: expected models, got null among them.", nameof(models));
        return TranslationEnsembles.Create(models);
    }
}
