using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>Lets an experiment optimise a metric of a task, measured by the task's evaluator.</summary>
public static class ExperimentMetrics
{
    /// <summary>Sets what is optimised: a metric of multiclass classification.</summary>
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
        return experiment.SetMetric(metric, (context, scored) => context.MulticlassClassification.Evaluate(scored, labelColumnName, scoreColumnName, predictedLabelColumnName));
    }

    /// <summary>Sets what is optimised: a metric of binary classification with probabilities.</summary>
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
        return experiment.SetMetric(metric, (context, scored) => context.BinaryClassification.Evaluate(scored, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName));
    }

    /// <summary>Sets what is optimised: a metric of regression.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="labelColumnName">The true numbers.</param>
    /// <param name="scoreColumnName">The predicted numbers.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(this Experiment<TOptions> experiment, TaskMetric<RegressionMetrics> metric, string labelColumnName = "Label", string scoreColumnName = "Score")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetMetric(metric, (context, scored) => context.Regression.Evaluate(scored, labelColumnName, scoreColumnName));
    }

    /// <summary>Sets what is optimised: a metric of sequence tagging.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="labelColumnName">The true tags.</param>
    /// <param name="predictedLabelColumnName">The predicted tags.</param>
    public static Experiment<TOptions> SetMetric<TOptions>(this Experiment<TOptions> experiment, TaskMetric<RnnSequenceTaggingMetrics> metric, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel")
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetMetric(metric, (context, scored) => context.MulticlassClassification.EvaluateSequenceTagging(scored, labelColumnName, predictedLabelColumnName));
    }
}
