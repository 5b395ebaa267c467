using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>What Fit does with rows whose label, or an additional column, has another number of values than the sequence has steps.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnOnLengthMismatch>))]
public enum RnnOnLengthMismatch
{
    /// <summary>It reads on, and throws <see cref="InvalidOperationException"/> with their number and the first of them. The default.</summary>
    Throw,

    /// <summary>It leaves them out, and logs a warning with their number and the first of them.</summary>
    Skip,
}
