using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>How an experiment on the classification of texts in true and false is run. Its usual metric is the accuracy.</summary>
public sealed record RnnBinaryTextClassificationExperimentSettings : ExperimentSettings<RnnBinaryTextClassificationOptions, CalibratedBinaryClassificationMetrics>;
