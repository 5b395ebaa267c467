using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>
/// An encoder of a set of regions, such as the cells of the activation grid of a CNN (Xu et al., 2015) or object proposals: the vector of each region is
/// multiplied with the same weights. The order of the regions has no meaning. Their mean describes the whole image.
/// </summary>
internal sealed class RegionEncoder : SourceEncoder
{
    private readonly InputLayer _input;
    private readonly RegionProjection _projection;

    /// <param name="parameters">Receives the weights; the input layer has added its own.</param>
    /// <param name="input">The input layer.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public RegionEncoder(ParameterSet parameters, InputLayer input, RnnTranslationNetworkOptions options, int threads)
    {
        _input = input;
        _projection = new RegionProjection(parameters, input.Size, options, threads);
    }

    public override (Tensor States, RecurrentState Last) Forward(PackedBatch source, Device device, ForwardMode mode)
    {
        Tensor states = _projection.Forward(_input.Forward(source, mode).Vectors.to(device), source, mode);         // [N,C]
        return (states, _projection.Mean(states, source));
    }

    public override ExportedStates Export(OnnxGraph graph)
    {
        string states = _projection.Export(graph, _input.Export(graph));                                            // [S,B,C]
        return _projection.ExportMean(graph, states);
    }

    public override void Dispose() => _input.Dispose();
}
