using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>Lets an experiment optimize a metric of a task, measured by the task's evaluator.</summary>
public static class ExperimentMetrics
{
    /// <summary>Sets what is optimized: a metric of multiclass classification.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="labelColumnName">The true classes, as keys.</param>
    /// <param name="scoreColumnName">The probabilities of the classes.</param>
    /// <param name="predictedLabelColumnName">The most probable class.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(
        this Experiment<TOptions> experiment, TaskMetric<MulticlassClassificationMetrics> metric, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetMetric(metric, labelColumnName, (context, scored) => context.MulticlassClassification.Evaluate(scored, labelColumnName, scoreColumnName, predictedLabelColumnName));
    }

    /// <summary>Sets what is optimized: a metric of binary classification with probabilities.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="labelColumnName">The truth.</param>
    /// <param name="scoreColumnName">The logits.</param>
    /// <param name="probabilityColumnName">The probabilities of true.</param>
    /// <param name="predictedLabelColumnName">The predictions.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(
        this Experiment<TOptions> experiment, TaskMetric<CalibratedBinaryClassificationMetrics> metric, string labelColumnName = "Label", string scoreColumnName = "Score", string probabilityColumnName = "Probability", string predictedLabelColumnName = "PredictedLabel")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetMetric(
            metric,
            labelColumnName,
            (context, scored) => context.BinaryClassification.Evaluate(scored, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName),
            scored => OfOneClass(metric, scored, labelColumnName, predictedLabelColumnName, probabilityColumnName));
    }

    /// <summary>Sets what is optimized: a metric of regression.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="labelColumnName">The true numbers.</param>
    /// <param name="scoreColumnName">The predicted numbers.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(this Experiment<TOptions> experiment, TaskMetric<RegressionMetrics> metric, string labelColumnName = "Label", string scoreColumnName = "Score")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetMetric(metric, labelColumnName, (context, scored) => context.Regression.Evaluate(scored, labelColumnName, scoreColumnName));
    }

    /// <summary>Sets what is optimized: a metric of sequence tagging.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="labelColumnName">The true tags.</param>
    /// <param name="predictedLabelColumnName">The predicted tags.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(this Experiment<TOptions> experiment, TaskMetric<RnnSequenceTaggingMetrics> metric, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetMetric(metric, labelColumnName, (context, scored) => context.MulticlassClassification.EvaluateSequenceTagging(scored, labelColumnName, predictedLabelColumnName));
    }

    /// <summary>A metric of binary classification on rows of one class; null where there are both.</summary>
    internal static double? OfOneClass(
        TaskMetric<CalibratedBinaryClassificationMetrics> metric, IDataView scored, string label = "Label", string predictedLabel = "PredictedLabel", string probability = "Probability") =>
        !BinaryScores.AreOfOneClass(scored, label) ? null
        : metric.OfOneClass is { } value ? value(BinaryScores.Of(scored, label, predictedLabel, probability))
        : throw new InvalidOperationException($"Metric '{metric.Name}': expected validation rows of both classes, got rows of one in '{label}'. Optimize accuracy or log-loss, or give validation rows of both classes.");
}
