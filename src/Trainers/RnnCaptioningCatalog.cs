using MlNetRnn;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>The trainer of captioning models, at <c>mlContext.Transforms.Text</c>.</summary>
public static class RnnCaptioningCatalog
{
    /// <summary>Creates a trainer of a captioning model: from the features of an image, or any vector of numbers, to a sentence.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="featuresColumnName">
    /// Name of the column with the features: <c>Vector&lt;Single&gt;</c>, one vector, or the vectors of several regions one after another.
    /// </param>
    /// <param name="targetColumnName">Name of the column with the captions: <c>String</c>, <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="captionColumnName">Name of the output column for the caption.</param>
    /// <param name="regionSize">Number of numbers in the vector of a region; 0 for one vector for the whole image.</param>
    /// <param name="attention">How the decoder reads the regions.</param>
    /// <param name="hiddenSize">Size of the state of the decoder.</param>
    /// <param name="batchSize">Maximum number of captions per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the images are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnCaptioningTrainer RnnCaptioning(
        this TransformsCatalog.TextTransforms catalog,
        string featuresColumnName = "Features",
        string targetColumnName = "Target",
        string captionColumnName = "Caption",
        int regionSize = 0,
        RnnAttention attention = RnnAttention.Additive,
        int hiddenSize = 512,
        int batchSize = 64,
        int maxEpochs = 30,
        RnnCell cell = RnnCell.Gru,
        IDataView? validationSet = null) => catalog.RnnCaptioning(new RnnCaptioningOptions
        {
            FeaturesColumnName = featuresColumnName,
            TargetColumnName = targetColumnName,
            CaptionColumnName = captionColumnName,
            RegionSize = regionSize,
            Network = new RnnCaptioningNetworkOptions { Cell = cell, HiddenSize = hiddenSize, Attention = attention },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer of a captioning model: from the features of an image, or any vector of numbers, to a sentence.</summary>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnCaptioningTrainer RnnCaptioning(this TransformsCatalog.TextTransforms catalog, RnnCaptioningOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new RnnCaptioningTrainer(CatalogEnvironment.Of(catalog), options);
    }
}
