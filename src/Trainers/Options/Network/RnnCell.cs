using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>Type of the recurrent cell of a network.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnCell>))]
public enum RnnCell
{
    /// <summary>
    /// Long short-term memory (Hochreiter and Schmidhuber, 1997). Gates control what the cell keeps, forgets and outputs, so that gradients survive over long
    /// sequences. The default.
    /// </summary>
    Lstm,

    /// <summary>
    /// Gated recurrent unit (Cho et al., 2014). The reset gate is applied before the matrix product, and the update gate weights the new state. It has three
    /// gates instead of the four of an LSTM and no separate memory.
    /// </summary>
    Gru,

    /// <summary>
    /// Elman network (Elman, 1990): z_t = φ(A x_t + B z_{t−1}), where <see cref="RnnEncoderOptions.Activation"/> sets φ. The simplest recurrence. Its
    /// gradients vanish or explode over long sequences.
    /// </summary>
    Elman,

    /// <summary>
    /// Gated recurrent unit as implemented in libtorch, cuDNN and Keras. The reset gate is applied after the matrix product, and the update gate weights the
    /// previous state.
    /// </summary>
    GruResetAfter,

    /// <summary>
    /// Minimal gated recurrent unit (Feng et al., 2024). Its gates do not depend on the state, so it trains several times as fast as the other cells.
    /// Use more layers to compensate for the simpler cell.
    /// </summary>
    MinGru,

    /// <summary>
    /// No recurrence: a bag of word vectors followed by a multi-layer perceptron (deep averaging network; Iyyer et al., 2015).
    /// <see cref="RnnEncoderOptions.Layers"/> and <see cref="RnnEncoderOptions.HiddenSize"/> set the size of the perceptron. Set
    /// <see cref="RnnTextOptions.WordBigrams"/> to add pairs of adjacent words.
    /// </summary>
    None,
}
