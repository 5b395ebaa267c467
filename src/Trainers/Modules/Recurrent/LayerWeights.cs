using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The gradients of a recurrent layer, each with the shape of its value; null for a value that the layer does not have.</summary>
internal readonly record struct LayerGradients(
    Tensor X, Tensor Weight, Tensor? Recurrent, Tensor Bias, Tensor? InitialHidden, Tensor? InitialMemory)
{
    /// <summary>The gradients of the arguments of the layer's <see cref="StepInput"/>.</summary>
    public Tensor?[] Input { get; init; } = [];
}

/// <summary>The weights of a recurrent layer.</summary>
/// <param name="Weight">W, [D,G·H,I].</param>
/// <param name="Recurrent">R, [D,G·H,H]; null if the cell has no recurrent weights.</param>
/// <param name="Bias">b, [D,G·H], followed by the bias that is added inside the recurrence.</param>
internal sealed record LayerWeights(Tensor Weight, Tensor? Recurrent, Tensor Bias);

/// <summary>The sizes of a recurrent layer.</summary>
/// <param name="Inputs">I, the size of an input vector.</param>
/// <param name="Hidden">H.</param>
/// <param name="Directions">D, 1 or 2.</param>
internal readonly record struct LayerSize(int Inputs, int Hidden, int Directions);
