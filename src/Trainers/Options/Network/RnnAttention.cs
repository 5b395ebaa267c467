namespace MlNetRnn;

/// <summary>How the decoder of a translation model reads the source.</summary>
public enum RnnAttention
{
    /// <summary>Not at all: only the initial state of the decoder depends on the source (Sutskever et al., 2014).</summary>
    None,

    /// <summary>
    /// Additive attention inside the state update: the state before a step is compared with each source state by vᵀ tanh(W z + U h + b), and the weighted mean
    /// of the source states is an input of the step (Bahdanau et al., 2015).
    /// </summary>
    Additive,

    /// <summary>
    /// Multiplicative attention after the state update, with the score zᵀ h ("dot"; Luong et al., 2015). The states of encoder and decoder must have the same
    /// size.
    /// </summary>
    Dot,

    /// <summary>Multiplicative attention after the state update, with the score zᵀ W h ("general"; Luong et al., 2015).</summary>
    General,
}
