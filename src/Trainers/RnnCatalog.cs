using Microsoft.ML.Trainers;
using MlNetRnn;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Modules;
using MlNetRnn.Networks;

namespace Microsoft.ML;

/// <summary>Where the trainers of MlNetRnn are found: in ML.NET's own catalogs.</summary>
public static class RnnCatalog
{
    /// <summary>A trainer that tells the class of a text with a recurrent network, by its most used options.</summary>
    /// <param name="catalog">The trainers of multiclass classification.</param>
    /// <param name="labelColumnName">The label column: a key, as MapValueToKey gives.</param>
    /// <param name="scoreColumnName">The column that receives the probability of each class.</param>
    /// <param name="outputColumnName">The column that receives the most probable class, as a key with the label's values.</param>
    /// <param name="inputColumnName">The column that holds the sequences: <c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="batchSize">Rows a step of the optimizer sees.</param>
    /// <param name="maxEpochs">At most so many passes over the data; training stops earlier when the validation rows say so.</param>
    /// <param name="cell">The recurrent cell (lecture rows L7, L19, L20).</param>
    /// <param name="validationSet">Rows to choose the best epoch by; where there are none, a tenth of the training rows is held out.</param>
    /// <exception cref="System.ArgumentException">An argument is out of its limits; the message lists all that are.</exception>
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

    /// <summary>A trainer that tells the class of a text with a recurrent network, by all its options.</summary>
    /// <param name="catalog">The trainers of multiclass classification.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="System.ArgumentException">Options are out of their limits; the message lists all that are.</exception>
    public static RnnTextClassificationTrainer RnnTextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RnnTextClassificationOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>A trainer that tells whether something is true of a text with a recurrent network, by its most used options.</summary>
    /// <param name="catalog">The trainers of binary classification.</param>
    /// <param name="labelColumnName">The label column: true or false.</param>
    /// <param name="scoreColumnName">The column that receives the logit of true.</param>
    /// <param name="outputColumnName">The column that receives true or false.</param>
    /// <param name="probabilityColumnName">The column that receives the probability of true.</param>
    /// <param name="inputColumnName">The column that holds the sequences: <c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="batchSize">Rows a step of the optimizer sees.</param>
    /// <param name="maxEpochs">At most so many passes over the data; training stops earlier when the validation rows say so.</param>
    /// <param name="cell">The recurrent cell (lecture rows L7, L19, L20).</param>
    /// <param name="validationSet">Rows to choose the best epoch by; where there are none, a tenth of the training rows is held out.</param>
    /// <exception cref="System.ArgumentException">An argument is out of its limits; the message lists all that are.</exception>
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

    /// <summary>A trainer that tells whether something is true of a text with a recurrent network, by all its options.</summary>
    /// <param name="catalog">The trainers of binary classification.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="System.ArgumentException">Options are out of their limits; the message lists all that are.</exception>
    public static RnnBinaryTextClassificationTrainer RnnTextClassification(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, RnnBinaryTextClassificationOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>A trainer that learns a number for a text, such as a star rating, with a recurrent network, by its most used options.</summary>
    /// <param name="catalog">The trainers of regression.</param>
    /// <param name="labelColumnName">The label column: a number.</param>
    /// <param name="scoreColumnName">The column that receives the number.</param>
    /// <param name="inputColumnName">The column that holds the sequences: <c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="batchSize">Rows a step of the optimizer sees.</param>
    /// <param name="maxEpochs">At most so many passes over the data; training stops earlier when the validation rows say so.</param>
    /// <param name="cell">The recurrent cell (lecture rows L7, L19, L20).</param>
    /// <param name="validationSet">Rows to choose the best epoch by; where there are none, a tenth of the training rows is held out.</param>
    /// <exception cref="System.ArgumentException">An argument is out of its limits; the message lists all that are.</exception>
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

    /// <summary>A trainer that learns a number for a text, such as a star rating, with a recurrent network, by all its options.</summary>
    /// <param name="catalog">The trainers of regression.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="System.ArgumentException">Options are out of their limits; the message lists all that are.</exception>
    public static RnnTextRegressionTrainer RnnTextRegression(this RegressionCatalog.RegressionTrainers catalog, RnnTextRegressionOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);

    /// <summary>A trainer that tells a tag for each step of a sequence with a recurrent network, by its most used options.</summary>
    /// <param name="catalog">The trainers of multiclass classification.</param>
    /// <param name="labelColumnName">The label column: <c>Vector&lt;Key&gt;</c> or <c>Vector&lt;String&gt;</c> with a tag a step.</param>
    /// <param name="scoreColumnName">The column that receives the probability of each predicted tag.</param>
    /// <param name="outputColumnName">The column that receives the tags, as keys with the label's values.</param>
    /// <param name="inputColumnName">The column that holds the sequences: <c>Vector&lt;String&gt;</c> of tokens, <c>String</c>, or <c>Vector&lt;Key&gt;</c>.</param>
    /// <param name="batchSize">Rows a step of the optimizer sees.</param>
    /// <param name="maxEpochs">At most so many passes over the data; training stops earlier when the validation rows say so.</param>
    /// <param name="cell">The recurrent cell (lecture rows L7, L19, L20).</param>
    /// <param name="dependency">What a tag has to do with the tags beside it.</param>
    /// <param name="validationSet">Rows to choose the best epoch by; where there are none, a tenth of the training rows is held out.</param>
    /// <exception cref="System.ArgumentException">An argument is out of its limits; the message lists all that are.</exception>
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

    /// <summary>A trainer that tells a tag for each step of a sequence with a recurrent network, by all its options.</summary>
    /// <param name="catalog">The trainers of multiclass classification.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="System.ArgumentException">Options are out of their limits; the message lists all that are.</exception>
    public static RnnSequenceTaggingTrainer RnnSequenceTagging(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, RnnSequenceTaggingOptions options) =>
        new(CatalogEnvironment.Of(catalog), options);
}
