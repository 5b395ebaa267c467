using Microsoft.ML.Data;
using MlNetRnn;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>Extension methods that add the trainers for grids, such as images, to the catalogs of ML.NET.</summary>
public static class RnnGridCatalog
{
    /// <summary>
    /// Creates a trainer for multiclass classification of grids, such as images, with a recurrent neural network, from its most common options.
    /// </summary>
    /// <param name="catalog">Trainers for multiclass classification.</param>
    /// <param name="labelColumnName">Name of the label column, of type key. Use <c>MapValueToKey</c> to create it.</param>
    /// <param name="scoreColumnName">Name of the output column for the probability of each class.</param>
    /// <param name="outputColumnName">Name of the output column for the predicted class, a key with the label's key values.</param>
    /// <param name="inputColumnName">
    /// Name of the input column: <c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels.
    /// </param>
    /// <param name="batchSize">Number of rows per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training rows are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnGridClassificationTrainer RnnGridClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string inputColumnName = "Features",
        int batchSize = 32,
        int maxEpochs = 30,
        RnnGridCell cell = RnnGridCell.Lstm,
        IDataView? validationSet = null) => catalog.RnnGridClassification(new RnnGridClassificationOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Network = new RnnGridNetworkOptions { Cell = cell },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer for multiclass classification of grids, such as images, with a recurrent neural network.</summary>
    /// <param name="catalog">Trainers for multiclass classification.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnGridClassificationTrainer RnnGridClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RnnGridClassificationOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>Creates a trainer for binary classification of grids, such as images, with a recurrent neural network, from its most common options.</summary>
    /// <param name="catalog">Trainers for binary classification.</param>
    /// <param name="labelColumnName">Name of the label column, of type <c>Boolean</c>.</param>
    /// <param name="scoreColumnName">Name of the output column for the score: the logit of <see langword="true"/>.</param>
    /// <param name="outputColumnName">Name of the output column for the predicted label, <see langword="true"/> or <see langword="false"/>.</param>
    /// <param name="probabilityColumnName">Name of the output column for the probability of <see langword="true"/>.</param>
    /// <param name="inputColumnName">
    /// Name of the input column: <c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels.
    /// </param>
    /// <param name="batchSize">Number of rows per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training rows are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnGridBinaryClassificationTrainer RnnGridClassification(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string probabilityColumnName = "Probability",
        string inputColumnName = "Features",
        int batchSize = 32,
        int maxEpochs = 30,
        RnnGridCell cell = RnnGridCell.Lstm,
        IDataView? validationSet = null) => catalog.RnnGridClassification(new RnnGridBinaryClassificationOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = outputColumnName,
            ProbabilityColumnName = probabilityColumnName,
            InputColumnName = inputColumnName,
            Network = new RnnGridNetworkOptions { Cell = cell },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer for binary classification of grids, such as images, with a recurrent neural network.</summary>
    /// <param name="catalog">Trainers for binary classification.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnGridBinaryClassificationTrainer RnnGridClassification(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, RnnGridBinaryClassificationOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>Creates a trainer for regression on grids, such as images, with a recurrent neural network, from its most common options.</summary>
    /// <param name="catalog">Trainers for regression.</param>
    /// <param name="labelColumnName">Name of the label column, of type <c>Single</c>.</param>
    /// <param name="scoreColumnName">Name of the output column for the prediction.</param>
    /// <param name="inputColumnName">
    /// Name of the input column: <c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels.
    /// </param>
    /// <param name="batchSize">Number of rows per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training rows are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnGridRegressionTrainer RnnGridRegression(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string inputColumnName = "Features",
        int batchSize = 32,
        int maxEpochs = 30,
        RnnGridCell cell = RnnGridCell.Lstm,
        IDataView? validationSet = null) => catalog.RnnGridRegression(new RnnGridRegressionOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            InputColumnName = inputColumnName,
            Network = new RnnGridNetworkOptions { Cell = cell },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer for regression on grids, such as images, with a recurrent neural network.</summary>
    /// <param name="catalog">Trainers for regression.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnGridRegressionTrainer RnnGridRegression(
        this RegressionCatalog.RegressionTrainers catalog, RnnGridRegressionOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>
    /// Creates a trainer for segmentation, a class for each cell of grids such as images, with a recurrent neural network, from its most common options.
    /// </summary>
    /// <param name="catalog">Trainers for multiclass classification.</param>
    /// <param name="labelColumnName">
    /// Name of the label column: <c>Vector&lt;Key&gt;</c> or <c>Vector&lt;String&gt;</c> with a class for each cell, row by row.
    /// </param>
    /// <param name="scoreColumnName">Name of the output column for the probability of each predicted class.</param>
    /// <param name="outputColumnName">Name of the output column for the classes of the cells, keys with the label's key values.</param>
    /// <param name="inputColumnName">
    /// Name of the input column: <c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels.
    /// </param>
    /// <param name="batchSize">Number of rows per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training rows are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnGridSegmentationTrainer RnnGridSegmentation(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string inputColumnName = "Features",
        int batchSize = 32,
        int maxEpochs = 30,
        RnnGridCell cell = RnnGridCell.Lstm,
        IDataView? validationSet = null) => catalog.RnnGridSegmentation(new RnnGridSegmentationOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Network = new RnnGridNetworkOptions { Cell = cell },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer for segmentation, a class for each cell of grids such as images, with a recurrent neural network.</summary>
    /// <param name="catalog">Trainers for multiclass classification.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnGridSegmentationTrainer RnnGridSegmentation(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RnnGridSegmentationOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);
}
