using MlNetRnn;
using MlNetRnn.Model;

namespace Microsoft.ML;

/// <summary>Combines trained networks into one model.</summary>
public static class RnnEnsembleCatalog
{
    /// <summary>
    /// Combines classifiers, regression models or taggers into one model that averages their predictions. It is usually more accurate than its best member. It
    /// is saved and loaded as one model.
    /// </summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="models">
    /// Models of the same task, labels and columns, such as networks that were trained with different seeds, cells or sizes. Their vocabularies may differ.
    /// </param>
    /// <exception cref="ArgumentException">The list of models is empty, or the models do not match.</exception>
    /// <example>
    /// <code>
    /// RnnEnsembleTransformer ensemble = ml.Rnn().CreateEnsemble(first, second, third);
    /// ml.Model.Save(ensemble, data.Schema, "ensemble.zip");
    /// </code>
    /// </example>
    public static RnnEnsembleTransformer CreateEnsemble(this RnnOperationsCatalog operations, params IReadOnlyList<RnnTransformer> models)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(models);
        if (models.Contains(null!)) throw new ArgumentException("Ensemble: expected models, got null among them.", nameof(models));
        return new RnnEnsembleTransformer(new RnnEnsemble([.. models.Select(model => model.Model)]));
    }
}
