using Microsoft.ML.Data;
using MlNetRnn;
using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments on the rating of texts with a number, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnTextRegressionExperimentCatalog
{
    private static readonly ExperimentTask<RnnTextRegressionOptions, RegressionMetrics> Task = new(
        "RnnTextRegression",
        (context, options, label, _) => context.Regression.Trainers.RnnTextRegression(options with { LabelColumnName = label }),
        (context, scored, label) => context.Regression.Evaluate(scored, label),
        RegressionMetric.RSquared);

    /// <summary>An experiment on the rating of texts with a number: which options give the best model in a time.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="maxExperimentTimeInSeconds">How long the search may take.</param>
    public static TaskExperiment<RnnTextRegressionOptions, RegressionMetrics> CreateTextRegressionExperiment(this RnnOperationsCatalog catalog, uint maxExperimentTimeInSeconds) =>
        catalog.CreateTextRegressionExperiment(new RnnTextRegressionExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>An experiment on the rating of texts with a number, with all its settings.</summary>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings.</param>
    public static TaskExperiment<RnnTextRegressionOptions, RegressionMetrics> CreateTextRegressionExperiment(this RnnOperationsCatalog catalog, RnnTextRegressionExperimentSettings settings) =>
        new(catalog, Task, settings);
}
