using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>The recurrent cell of a network.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnCell>))]
public enum RnnCell
{
    /// <summary>
    /// Long short-term memory (Hochreiter and Schmidhuber, 1997; lecture row L19): gates decide what is kept, forgotten and shown, so that
    /// gradients survive over long texts. The default.
    /// </summary>
    Lstm,

    /// <summary>
    /// The gated recurrent unit (Cho et al., 2014) as in the lecture (row L20): the reset acts before the matrix product, and the update
    /// gate weights the new state. Three gates where the LSTM has four, and no second state.
    /// </summary>
    Gru,

    /// <summary>
    /// The Elman network (Elman, 1990; lecture row L7): z_t = tanh(A x_t + B z_{t−1}). The simplest recurrence; its gradients vanish or
    /// explode over long texts (lecture row L18).
    /// </summary>
    Elman,
}
