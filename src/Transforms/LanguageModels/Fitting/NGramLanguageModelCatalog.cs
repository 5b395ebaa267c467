using MlNetRnn;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>The trainer of n-gram language models in the catalog of text transforms.</summary>
public static class NGramLanguageModelCatalog
{
    /// <summary>Creates a trainer of an n-gram language model, the baseline of a recurrent network, from its most common options.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="inputColumnName">Name of the input column: <c>String</c>, or <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> of units.</param>
    /// <param name="unit">The unit that texts are divided into and that the model predicts.</param>
    /// <param name="order">
    /// n: a symbol is predicted from the n − 1 symbols before it. If it is <see langword="null"/>, 6 for characters and 4 for other units.
    /// </param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static NGramLanguageModelTrainer NGramLanguageModel(
        this TransformsCatalog.TextTransforms catalog,
        string inputColumnName = "Text",
        RnnLanguageUnit unit = RnnLanguageUnit.Character,
        int? order = null) => catalog.NGramLanguageModel(new NGramLanguageModelOptions { InputColumnName = inputColumnName, Unit = unit, Order = order });

    /// <summary>Creates a trainer of an n-gram language model, the baseline of a recurrent network.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static NGramLanguageModelTrainer NGramLanguageModel(this TransformsCatalog.TextTransforms catalog, NGramLanguageModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new NGramLanguageModelTrainer(CatalogEnvironment.Of(catalog), options);
    }
}
