using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>Activation function φ of the Elman network, z_t = φ(A x_t + B z_{t−1}). The other cells have fixed activations.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnActivation>))]
public enum RnnActivation
{
    /// <summary>Hyperbolic tangent, with values from −1 to 1. The default.</summary>
    Tanh,

    /// <summary>Rectified linear unit, max(0, x). Its gradient does not vanish where the unit is active, but the state is not bounded.</summary>
    Relu,

    /// <summary>Sigmoid (logistic function), with values from 0 to 1.</summary>
    Sigmoid,
}
