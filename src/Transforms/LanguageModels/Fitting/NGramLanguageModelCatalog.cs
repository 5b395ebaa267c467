using MlNetRnn;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>The trainer of n-gram language models in the catalog of text transforms.</summary>
public static class NGramLanguageModelCatalog
{
    /// <summary>Creates a trainer of an n-gram language model, the baseline of a recurrent network.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="options">All options of the trainer; <see langword="null"/> for the default ones.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static NGramLanguageModelTrainer NGramLanguageModel(
        this TransformsCatalog.TextTransforms catalog, NGramLanguageModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new NGramLanguageModelTrainer(CatalogEnvironment.Of(catalog), options ?? new());
    }
}
