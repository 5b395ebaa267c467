using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>What Fit does when the user stops the training.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnOnCancel>))]
public enum RnnOnCancel
{
    /// <summary>It throws <see cref="OperationCanceledException"/>. The default.</summary>
    Throw,

    /// <summary>
    /// It returns the model of the best epoch so far, or where nothing validates the model as it is. Before the end of the first epoch there is none,
    /// and it throws.
    /// </summary>
    KeepBest,
}
