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
    /// The Elman network (Elman, 1990; lecture row L7): z_t = φ(A x_t + B z_{t−1}) with φ by <see cref="RnnEncoderOptions.Activation"/>. The
    /// simplest recurrence; its gradients vanish or explode over long texts (lecture row L18).
    /// </summary>
    Elman,

    /// <summary>
    /// The gated recurrent unit as libtorch, cuDNN and Keras compute it: the reset acts after the matrix product, and the update gate
    /// weights the old state.
    /// </summary>
    GruResetAfter,

    /// <summary>
    /// The minimal gated recurrent unit (Feng et al., 2024): its gates do not see the state, so that training is several times as fast as
    /// that of the other cells. What it lacks is made up for by more layers.
    /// </summary>
    MinGru,

    /// <summary>
    /// No recurrence: a bag of word vectors and a multi-layer perceptron (lecture row L1; the deep averaging network of Iyyer et al., 2015).
    /// <see cref="RnnEncoderOptions.Layers"/> and <see cref="RnnEncoderOptions.HiddenSize"/> are those of the perceptron;
    /// <see cref="RnnTextOptions.WordBigrams"/> lets it see pairs of words.
    /// </summary>
    None,
}
