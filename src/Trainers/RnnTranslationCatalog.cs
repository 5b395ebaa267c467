using MlNetRnn;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>Adds the trainer of translation models to the text transforms catalog.</summary>
public static class RnnTranslationCatalog
{
    /// <summary>Creates a trainer of a translation model: an encoder-decoder network with attention.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="sourceColumnName">
    /// Name of the column that contains the sources (<c>String</c>, <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c>).
    /// </param>
    /// <param name="targetColumnName">Name of the column that contains the targets.</param>
    /// <param name="translationColumnName">Name of the output column for the translation.</param>
    /// <param name="unit">The unit that texts are divided into.</param>
    /// <param name="attention">How the decoder reads the source.</param>
    /// <param name="hiddenSize">Size of the state of each recurrent layer.</param>
    /// <param name="layers">Number of stacked recurrent layers of encoder and decoder.</param>
    /// <param name="batchSize">Maximum number of pairs per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training data are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnTranslationTrainer RnnTranslation(
        this TransformsCatalog.TextTransforms catalog,
        string sourceColumnName = "Source",
        string targetColumnName = "Target",
        string translationColumnName = "Translation",
        RnnLanguageUnit unit = RnnLanguageUnit.Subword,
        RnnAttention attention = RnnAttention.Additive,
        int hiddenSize = 256,
        int layers = 1,
        int batchSize = 64,
        int maxEpochs = 30,
        RnnCell cell = RnnCell.Gru,
        IDataView? validationSet = null) => catalog.RnnTranslation(new RnnTranslationOptions
        {
            SourceColumnName = sourceColumnName,
            TargetColumnName = targetColumnName,
            TranslationColumnName = translationColumnName,
            Unit = unit,
            Network = new RnnTranslationNetworkOptions { Cell = cell, HiddenSize = hiddenSize, Layers = layers, Attention = attention },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer of a translation model: an encoder-decoder network with attention.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnTranslationTrainer RnnTranslation(this TransformsCatalog.TextTransforms catalog, RnnTranslationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new RnnTranslationTrainer(CatalogEnvironment.Of(catalog), options);
    }
}
