using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The score "general", zᵀ W h (Luong et al., 2015): the keys are W h.</summary>
/// <param name="parameters">Receives W.</param>
/// <param name="state">H, the size of a state of the decoder.</param>
/// <param name="source">C, the size of a source state.</param>
/// <param name="threads">The number of threads that a step may use.</param>
internal sealed class GeneralScore(ParameterSet parameters, int state, int source, int threads) : MultiplicativeScore(state)
{
    private readonly Linear _key = new(parameters, "key", source, state, threads);

    public override Tensor Keys(Tensor states) => _key.Forward(states);

    public override string ExportKeys(OnnxGraph graph, string states) => _key.ExportSteps(graph, states);
}
