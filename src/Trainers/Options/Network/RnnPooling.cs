using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>How the states of a sequence become one vector.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnPooling>))]
public enum RnnPooling
{
    /// <summary>The largest value of each state component over the sequence: finds the telling word wherever it stands. The default.</summary>
    Max,

    /// <summary>The mean of the states over the sequence.</summary>
    Mean,

    /// <summary>
    /// A weighted mean of the states that learns which tokens matter (Yang et al., 2016; lecture row L26 uses the same idea in a decoder).
    /// </summary>
    Attention,

    /// <summary>
    /// The true last state, the largest values and the mean, one after another (concat pooling; Howard and Ruder, 2018, section 3.3): three times as
    /// many numbers.
    /// </summary>
    LastMaxMean,

    /// <summary>The true last state: at the row's own last token, not after padding; for the backward direction at its first token.</summary>
    Last,
}
