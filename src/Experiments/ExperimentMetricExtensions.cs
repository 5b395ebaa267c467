using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>Sets the metric of an experiment to a metric of a task, which the evaluator of the task computes.</summary>
public static class ExperimentMetricExtensions
{
    /// <summary>Sets the metric to optimize: a metric of multiclass classification.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric to optimize.</param>
    /// <param name="labelColumnName">The column of the true classes, as keys.</param>
    /// <param name="scoreColumnName">The column of the class probabilities.</param>
    /// <param name="predictedLabelColumnName">The column of the predicted classes.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(
        this Experiment<TOptions> experiment,
        TaskMetric<MulticlassClassificationMetrics> metric,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(metric);
        return experiment.SetMetric(ExperimentMetric.Of(
            metric,
            labelColumnName,
            (context, scored) => context.MulticlassClassification.Evaluate(scored, labelColumnName, scoreColumnName, predictedLabelColumnName)));
    }

    /// <summary>Sets the metric to optimize: a metric of binary classification with probabilities.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric to optimize.</param>
    /// <param name="labelColumnName">The column of the true labels.</param>
    /// <param name="scoreColumnName">The column of the logits.</param>
    /// <param name="probabilityColumnName">The column of the probabilities of <see langword="true"/>.</param>
    /// <param name="predictedLabelColumnName">The column of the predicted labels.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(
        this Experiment<TOptions> experiment,
        TaskMetric<CalibratedBinaryClassificationMetrics> metric,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string probabilityColumnName = "Probability",
        string predictedLabelColumnName = "PredictedLabel")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(metric);
        return experiment.SetMetric(ExperimentMetric.Of(
            metric,
            labelColumnName,
            (context, scored) => context.BinaryClassification.Evaluate(
                scored, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName),
            scored => BinaryScores.MetricOfOneClass(metric, scored, labelColumnName, predictedLabelColumnName, probabilityColumnName)));
    }

    /// <summary>Sets the metric to optimize: a metric of regression.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric to optimize.</param>
    /// <param name="labelColumnName">The column of the true numbers.</param>
    /// <param name="scoreColumnName">The column of the predicted numbers.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(
        this Experiment<TOptions> experiment, TaskMetric<RegressionMetrics> metric, string labelColumnName = "Label", string scoreColumnName = "Score")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(metric);
        return experiment.SetMetric(
            ExperimentMetric.Of(metric, labelColumnName, (context, scored) => context.Regression.Evaluate(scored, labelColumnName, scoreColumnName)));
    }

    /// <summary>Sets the metric to optimize: a metric of sequence tagging.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric to optimize.</param>
    /// <param name="labelColumnName">The column of the true tags.</param>
    /// <param name="predictedLabelColumnName">The column of the predicted tags.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(
        this Experiment<TOptions> experiment,
        TaskMetric<RnnSequenceTaggingMetrics> metric,
        string labelColumnName = "Label",
        string predictedLabelColumnName = "PredictedLabel")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(metric);
        return experiment.SetMetric(ExperimentMetric.Of(
            metric,
            labelColumnName,
            (context, scored) => context.MulticlassClassification.EvaluateSequenceTagging(scored, labelColumnName, predictedLabelColumnName)));
    }

    /// <summary>
    /// Sets the metric to optimize: a metric of language models. The rows of a model that is trained with <c>JoinRows</c> are read as one stream.
    /// </summary>
    /// <remarks>The validation rows of a stream are its end: pass them to <c>SetDataset</c> instead of dividing the rows at random.</remarks>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric to optimize.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(this Experiment<TOptions> experiment, TaskMetric<RnnLanguageModelMetrics> metric)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(metric);
        return experiment.SetMetric(ExperimentMetric.OfModel(metric, (context, model, rows) => context.Rnn().EvaluateLanguageModel(model, rows)));
    }

    /// <summary>Sets the metric to optimize: a metric of translation models.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric to optimize.</param>
    /// <param name="referenceColumnName">The column of the references.</param>
    /// <param name="translationColumnName">The column of the translations.</param>
    /// <param name="options">How translations are compared with references; <see langword="null"/> for the defaults.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(
        this Experiment<TOptions> experiment,
        TaskMetric<RnnTranslationMetrics> metric,
        string referenceColumnName = "Target",
        string translationColumnName = "Translation",
        RnnTranslationEvaluationOptions? options = null)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetMetric(metric, (context, scored) =>
            context.Rnn().EvaluateTranslation(scored, referenceColumnName, translationColumnName, options));
    }

    /// <summary>Sets the metric to optimize: a metric of captioning models.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric to optimize.</param>
    /// <param name="referenceColumnName">The column of the captions of the validation rows.</param>
    /// <param name="captionColumnName">The column of the predicted captions.</param>
    /// <param name="imageIdColumnName">
    /// The column that identifies the image of each row, so that a caption is compared with all captions of its image; <see langword="null"/> if each row is an
    /// image of its own.
    /// </param>
    /// <param name="options">How captions are compared; <see langword="null"/> for the defaults.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(
        this Experiment<TOptions> experiment,
        TaskMetric<RnnCaptioningMetrics> metric,
        string referenceColumnName = "Target",
        string captionColumnName = "Caption",
        string? imageIdColumnName = null,
        RnnCaptioningEvaluationOptions? options = null)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetMetric(metric, (context, scored) =>
            context.Rnn().EvaluateCaptioning(scored, referenceColumnName, captionColumnName, imageIdColumnName, options: options));
    }
}
