using Microsoft.ML.Data;
using MlNetRnn;
using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments for text regression, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnTextRegressionExperimentCatalog
{
    private static readonly ExperimentTask<RnnTextRegressionOptions, RegressionMetrics> Task = new(
        "RnnTextRegression",
        (context, options, label, _) => context.Regression.Trainers.RnnTextRegression(options with { LabelColumnName = label }),
        (context, scored, label) => context.Regression.Evaluate(scored, label),
        RegressionMetric.RSquared);

    /// <summary>Creates an experiment that searches for the best options for text regression within a time limit. It optimizes R² by default.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="maxExperimentTimeInSeconds">The maximum duration of the search in seconds.</param>
    public static TaskExperiment<RnnTextRegressionOptions, RegressionMetrics> CreateTextRegressionExperiment(
        this RnnOperationsCatalog catalog, uint maxExperimentTimeInSeconds) =>
        catalog.CreateTextRegressionExperiment(new ExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>Creates an experiment that searches for the best options for text regression. It optimizes R² by default.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="System.ArgumentException">Values of the settings are not valid; the message lists all of them.</exception>
    public static TaskExperiment<RnnTextRegressionOptions, RegressionMetrics> CreateTextRegressionExperiment(
        this RnnOperationsCatalog catalog, ExperimentSettings settings) =>
        new(catalog, Task, settings);
}
