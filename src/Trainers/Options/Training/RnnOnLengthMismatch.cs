using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>What Fit does with rows in which the label or an additional column does not have one value per step.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnOnLengthMismatch>))]
public enum RnnOnLengthMismatch
{
    /// <summary>Reads all rows, then throws <see cref="InvalidOperationException"/> with the number of such rows and the first of them. The default.</summary>
    Throw,

    /// <summary>Skips the rows, and logs a warning with their number and the first of them.</summary>
    Skip,
}
