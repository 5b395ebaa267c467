using MlNetRnn;
using MlNetRnn.Options;

namespace Microsoft.ML;

/// <summary>Creates estimators that train ensembles.</summary>
public static class RnnEnsembleTrainerCatalog
{
    /// <summary>Creates an estimator that trains a network several times and averages the predictions. It is usually more accurate than one network.</summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="trainer">The trainer: a classifier, a regression or a tagger, of sequences or of grids.</param>
    /// <param name="options">The options; null for the defaults, which are five networks with different seeds.</param>
    /// <exception cref="ArgumentException">The options contain invalid values; all errors are reported together.</exception>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(ml.Rnn().Ensemble(ml.MulticlassClassification.Trainers.RnnTextClassification()))
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// ITransformer model = pipeline.Fit(train);
    /// </code>
    /// </example>
    public static RnnEnsembleTrainer Ensemble(this RnnOperationsCatalog operations, IEstimator<RnnTransformer> trainer, RnnEnsembleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(trainer);
        RnnEnsembleOptions used = options ?? new RnnEnsembleOptions();
        OptionsValidation.Check(used, nameof(options));
        return new RnnEnsembleTrainer(operations.Context, [.. Enumerable.Repeat(trainer, used.Members)], used);
    }

    /// <summary>
    /// Creates an estimator that trains a network with each of several trainers, such as different cells or sizes, and averages the predictions.
    /// </summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="trainers">Trainers of the same task with the same columns. Each keeps its own seed.</param>
    /// <exception cref="ArgumentException">There are fewer than two trainers.</exception>
    public static RnnEnsembleTrainer Ensemble(this RnnOperationsCatalog operations, params IReadOnlyList<IEstimator<RnnTransformer>> trainers)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(trainers);
        if (trainers.Count < 2 || trainers.Contains(null!))
            throw new ArgumentException($"Ensemble: expected at least two trainers, got {trainers.Count(trainer => trainer is not null)}.", nameof(trainers));
        return new RnnEnsembleTrainer(operations.Context, [.. trainers], new RnnEnsembleOptions { Members = trainers.Count });
    }
}
