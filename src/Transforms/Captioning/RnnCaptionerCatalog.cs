using MlNetRnn;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Translation;

namespace Microsoft.ML;

/// <summary>Operations with captioning models.</summary>
public static class RnnCaptionerCatalog
{
    /// <summary>Creates a captioner.</summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="model">
    /// A captioning model, trained or loaded; or a chain of transformers that contains one, of which only the captioning model is used.
    /// </param>
    /// <exception cref="ArgumentException">The model is not, and does not contain, a captioning model, or contains several.</exception>
    /// <example>
    /// <code>
    /// RnnCaptioner captioner = ml.Rnn().CreateCaptioner(ml.Model.Load("captions.zip", out _));
    /// Console.WriteLine(captioner.Caption(features));
    /// </code>
    /// </example>
    public static RnnCaptioner CreateCaptioner(this RnnOperationsCatalog operations, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(model);
        RnnCaptioningTransformer[] found = [.. ChainLinks.Of(model).OfType<RnnCaptioningTransformer>()];
        if (found.Length != 1)
            throw new ArgumentException(
                $"Captioner: expected a captioning model (RnnCaptioning), got {(found.Length == 0 ? "none" : $"{found.Length} of them")} in "
                + $"{model.GetType().Name}. Train one with ml.Transforms.Text.RnnCaptioning.", nameof(model));
        return new RnnCaptioner(found[0]);
    }

    /// <summary>
    /// Combines captioning models into one: the probability of each symbol is the mean of theirs. It is usually more accurate than its best member.
    /// </summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="models">
    /// Models with the same symbols, such as networks that were trained on the same rows with different seeds. The first one determines the names of the
    /// columns and the options.
    /// </param>
    /// <exception cref="ArgumentException">The list of models is empty, or the models have different symbols or read different regions.</exception>
    public static RnnCaptioningTransformer CreateEnsemble(this RnnOperationsCatalog operations, params IReadOnlyList<RnnCaptioningTransformer> models)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(models);
        if (models.Contains(null!)) throw new ArgumentException("Ensemble: expected models, got null among them.", nameof(models));
        return new RnnCaptioningTransformer(TranslationEnsembles.Create([.. models.Select(model => model.Network)]));
    }
}
