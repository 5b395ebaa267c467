using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>φ of the Elman network, z_t = φ(A x_t + B z_{t−1}) (lecture row L7). The other cells have fixed activations.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnActivation>))]
public enum RnnActivation
{
    /// <summary>The hyperbolic tangent, −1 to 1. The default.</summary>
    Tanh,

    /// <summary>max(0, x): its gradient does not fade where it is active, and nothing bounds the state.</summary>
    Relu,

    /// <summary>The logistic sigmoid function, 0 to 1.</summary>
    Sigmoid,
}
