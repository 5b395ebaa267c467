using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The score "dot", zᵀ h (Luong et al., 2015): states of decoder and source have the same size.</summary>
internal sealed class DotScore(int size) : MultiplicativeScore(size)
{
    public override Tensor Keys(Tensor states) => states;

    public override string ExportKeys(OnnxGraph graph, string states) => graph.Node("Identity", [states]);
}
