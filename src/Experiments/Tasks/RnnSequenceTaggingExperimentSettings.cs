namespace MlNetRnn.Experiments;

/// <summary>How an experiment on the tagging of sequences is run. Its usual metric is the F1 of spans or, where the tags mark none, the token accuracy.</summary>
public sealed record RnnSequenceTaggingExperimentSettings : ExperimentSettings<RnnSequenceTaggingOptions, RnnSequenceTaggingMetrics>;
