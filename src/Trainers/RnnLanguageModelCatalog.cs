using MlNetRnn;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>The trainer of language models in the catalog of text transforms.</summary>
public static class RnnLanguageModelCatalog
{
    /// <summary>Creates a trainer of a language model with a recurrent neural network, from its most common options.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="inputColumnName">Name of the input column: <c>String</c>, or <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> of units.</param>
    /// <param name="unit">The unit that texts are divided into and that the model predicts.</param>
    /// <param name="joinRows">Whether the rows are joined into one stream, as the lines of a book; otherwise each row is a document.</param>
    /// <param name="hiddenSize">Size of the state.</param>
    /// <param name="layers">Number of stacked recurrent layers.</param>
    /// <param name="batchSize">Number of documents per optimizer step, or of pieces of the stream that are read side by side.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training data are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnLanguageModelTrainer RnnLanguageModel(
        this TransformsCatalog.TextTransforms catalog,
        string inputColumnName = "Text",
        RnnLanguageUnit unit = RnnLanguageUnit.Character,
        bool joinRows = false,
        int hiddenSize = 256,
        int layers = 1,
        int batchSize = 32,
        int maxEpochs = 30,
        RnnCell cell = RnnCell.Lstm,
        IDataView? validationSet = null) => catalog.RnnLanguageModel(new RnnLanguageModelOptions
        {
            InputColumnName = inputColumnName,
            Unit = unit,
            JoinRows = joinRows,
            Network = new RnnLanguageNetworkOptions { Cell = cell, HiddenSize = hiddenSize, Layers = layers },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer of a language model with a recurrent neural network.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnLanguageModelTrainer RnnLanguageModel(this TransformsCatalog.TextTransforms catalog, RnnLanguageModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new RnnLanguageModelTrainer(CatalogEnvironment.Of(catalog), options);
    }
}
