using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>How the learning rate changes during training.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnLearningRateSchedule>))]
public enum RnnLearningRateSchedule
{
    /// <summary>The learning rate stays at <see cref="RnnTrainingOptions.LearningRate"/> after the warm-up.</summary>
    Constant,

    /// <summary>
    /// The learning rate falls linearly after the warm-up and reaches 0 at the end of epoch <see cref="RnnTrainingOptions.MaxEpochs"/>, or at
    /// <see cref="RnnTrainingOptions.MaximumTime"/> if that is sooner. Set these options to the training that you intend.
    /// </summary>
    Linear,

    /// <summary>
    /// The learning rate is halved after each epoch that improves neither the metric nor the loss on the validation data, but not within the first 300
    /// optimizer steps.
    /// </summary>
    Plateau,
}
