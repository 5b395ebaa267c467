using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>How an experiment on the classification of texts is run. Its usual metric is the micro accuracy.</summary>
public sealed record RnnTextClassificationExperimentSettings : ExperimentSettings<RnnTextClassificationOptions, MulticlassClassificationMetrics>;
