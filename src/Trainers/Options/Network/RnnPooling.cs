using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>Pooling that combines the states of a sequence into one vector.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnPooling>))]
public enum RnnPooling
{
    /// <summary>Maximum of each state component over the sequence. It finds a decisive word at any position. The default.</summary>
    Max,

    /// <summary>Mean of the states over the sequence.</summary>
    Mean,

    /// <summary>
    /// Weighted mean of the states, with weights that the network learns (Yang et al., 2016). <see cref="RnnManyToOneOptions.AttentionColumnName"/> outputs the
    /// weights.
    /// </summary>
    Attention,

    /// <summary>
    /// Concatenation of the last state, the maximum and the mean (concat pooling; Howard and Ruder, 2018, section 3.3). The vector is three times as large.
    /// </summary>
    LastMaxMean,

    /// <summary>Last state: the state at the last token of the row (not after padding), and for the backward direction the state at the first token.</summary>
    Last,
}
