using Microsoft.ML.Trainers;
using MlNetRnn;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace Microsoft.ML;

/// <summary>Extension methods that add the trainers of MlNetRnn to the catalogs of ML.NET.</summary>
public static class RnnCatalog
{
    /// <summary>Creates a trainer for multiclass classification of texts with a recurrent neural network, from its most common options.</summary>
    /// <param name="catalog">Trainers for multiclass classification.</param>
    /// <param name="labelColumnName">Name of the label column, of type key. Use <c>MapValueToKey</c> to create it.</param>
    /// <param name="scoreColumnName">Name of the output column for the probability of each class.</param>
    /// <param name="outputColumnName">Name of the output column for the predicted class, a key with the label's key values.</param>
    /// <param name="inputColumnName">Name of the input column: <c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="batchSize">Number of rows per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training rows are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnTextClassificationTrainer RnnTextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string inputColumnName = "Text",
        int batchSize = 32,
        int maxEpochs = 30,
        RnnCell cell = RnnCell.Lstm,
        IDataView? validationSet = null) => catalog.RnnTextClassification(new RnnTextClassificationOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Network = new RnnNetworkOptions { Cell = cell },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer for multiclass classification of sequences with a recurrent neural network.</summary>
    /// <param name="catalog">Trainers for multiclass classification.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnTextClassificationTrainer RnnTextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RnnTextClassificationOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>Creates a trainer for binary classification of texts with a recurrent neural network, from its most common options.</summary>
    /// <param name="catalog">Trainers for binary classification.</param>
    /// <param name="labelColumnName">Name of the label column, of type <c>Boolean</c>.</param>
    /// <param name="scoreColumnName">Name of the output column for the score: the logit of <see langword="true"/>.</param>
    /// <param name="outputColumnName">Name of the output column for the predicted label, <see langword="true"/> or <see langword="false"/>.</param>
    /// <param name="probabilityColumnName">Name of the output column for the probability of <see langword="true"/>.</param>
    /// <param name="inputColumnName">Name of the input column: <c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="batchSize">Number of rows per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training rows are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnBinaryTextClassificationTrainer RnnTextClassification(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string probabilityColumnName = "Probability",
        string inputColumnName = "Text",
        int batchSize = 32,
        int maxEpochs = 30,
        RnnCell cell = RnnCell.Lstm,
        IDataView? validationSet = null) => catalog.RnnTextClassification(new RnnBinaryTextClassificationOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = outputColumnName,
            ProbabilityColumnName = probabilityColumnName,
            InputColumnName = inputColumnName,
            Network = new RnnNetworkOptions { Cell = cell },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer for binary classification of sequences with a recurrent neural network.</summary>
    /// <param name="catalog">Trainers for binary classification.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnBinaryTextClassificationTrainer RnnTextClassification(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, RnnBinaryTextClassificationOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>Creates a trainer for regression on texts, such as star ratings, with a recurrent neural network, from its most common options.</summary>
    /// <param name="catalog">Trainers for regression.</param>
    /// <param name="labelColumnName">Name of the label column, of type <c>Single</c>.</param>
    /// <param name="scoreColumnName">Name of the output column for the predicted number.</param>
    /// <param name="inputColumnName">Name of the input column: <c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="batchSize">Number of rows per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training rows are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnTextRegressionTrainer RnnTextRegression(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string inputColumnName = "Text",
        int batchSize = 32,
        int maxEpochs = 30,
        RnnCell cell = RnnCell.Lstm,
        IDataView? validationSet = null) => catalog.RnnTextRegression(new RnnTextRegressionOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            InputColumnName = inputColumnName,
            Network = new RnnNetworkOptions { Cell = cell },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer for regression on sequences with a recurrent neural network.</summary>
    /// <param name="catalog">Trainers for regression.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnTextRegressionTrainer RnnTextRegression(this RegressionCatalog.RegressionTrainers catalog, RnnTextRegressionOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>Creates a trainer for sequence tagging with a recurrent neural network, from its most common options.</summary>
    /// <param name="catalog">Trainers for multiclass classification.</param>
    /// <param name="labelColumnName">Name of the label column: <c>Vector&lt;Key&gt;</c> or <c>Vector&lt;String&gt;</c> with one tag per step.</param>
    /// <param name="scoreColumnName">Name of the output column for the probability of each predicted tag.</param>
    /// <param name="outputColumnName">Name of the output column for the predicted tags, keys with the label's key values.</param>
    /// <param name="inputColumnName">Name of the input column: <c>Vector&lt;String&gt;</c> of tokens, <c>String</c>, or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="batchSize">Number of rows per optimizer step.</param>
    /// <param name="maxEpochs">Maximum number of passes over the training data. Early stopping on the validation data may end training sooner.</param>
    /// <param name="cell">Type of the recurrent cell.</param>
    /// <param name="dependency">How the tagger models dependencies between adjacent tags.</param>
    /// <param name="validationSet">Data for selecting the best epoch. If it is <see langword="null"/>, 10% of the training rows are held out.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more arguments are not valid. The message lists all errors.</exception>
    public static RnnSequenceTaggingTrainer RnnSequenceTagging(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string inputColumnName = "Tokens",
        int batchSize = 32,
        int maxEpochs = 30,
        RnnCell cell = RnnCell.Lstm,
        RnnTagDependency dependency = RnnTagDependency.Auto,
        IDataView? validationSet = null) => catalog.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Network = new RnnTaggingNetworkOptions { Cell = cell, Dependency = dependency },
            Training = new RnnTrainingOptions { BatchSize = batchSize, MaxEpochs = maxEpochs, ValidationSet = validationSet },
        });

    /// <summary>Creates a trainer for sequence tagging with a recurrent neural network.</summary>
    /// <param name="catalog">Trainers for multiclass classification.</param>
    /// <param name="options">All options of the trainer.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="System.ArgumentException">One or more options are not valid. The message lists all errors.</exception>
    public static RnnSequenceTaggingTrainer RnnSequenceTagging(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RnnSequenceTaggingOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);
}
