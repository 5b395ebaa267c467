namespace MlNetRnn.Samples.Captioning;

/// <summary>The training on scenes.</summary>
internal static class SceneTraining
{
    /// <summary>The options, without the way of reading images.</summary>
    public static RnnCaptioningOptions Options { get; } = new()
    {
        Unit = RnnLanguageUnit.Whitespace,
        // Half of the captions of a scene begin with either shape: to be sure of one would be wrong.
        LabelSmoothing = 0,
        // The loss takes less time than captioning after each epoch.
        Metric = RnnTranslationMetric.LogProbability,
        Network = new RnnCaptioningNetworkOptions { HiddenSize = 128, EmbeddingSize = 64, RegionVectorSize = 128, Dropout = 0.1f },
        Training = new RnnTrainingOptions
        {
            BatchSize = 32,
            MaxEpochs = 20,
            Patience = 20,
            LearningRate = 0.003f,
            Schedule = RnnLearningRateSchedule.Linear,
            ExponentialMovingAverage = 0.99f,
        },
    };
}
