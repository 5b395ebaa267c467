using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>How the step size of the optimizer changes while a network learns.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnLearningRateSchedule>))]
public enum RnnLearningRateSchedule
{
    /// <summary>It stays what <see cref="RnnTrainingOptions.LearningRate"/> says, after the warm-up.</summary>
    Constant,

    /// <summary>
    /// After the warm-up it falls in a straight line, to 0 at the end of the last of <see cref="RnnTrainingOptions.MaxEpochs"/>: choose that number
    /// as you mean it.
    /// </summary>
    Linear,

    /// <summary>It is halved after every epoch with neither a better metric nor a lower loss on the validation rows, but not within the first 300 steps.</summary>
    Plateau,
}
