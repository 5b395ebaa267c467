using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>What Fit does when training is canceled.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnOnCancel>))]
public enum RnnOnCancel
{
    /// <summary>Throws <see cref="OperationCanceledException"/>. The default.</summary>
    Throw,

    /// <summary>
    /// Returns the model of the best epoch so far, or the current model if there is no validation data. Throws <see cref="OperationCanceledException"/> if the
    /// first epoch is not complete.
    /// </summary>
    KeepBest,
}
