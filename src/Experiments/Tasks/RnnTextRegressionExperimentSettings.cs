using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>How an experiment on the rating of texts with a number is run. Its usual metric is R².</summary>
public sealed record RnnTextRegressionExperimentSettings : ExperimentSettings<RnnTextRegressionOptions, RegressionMetrics>;
