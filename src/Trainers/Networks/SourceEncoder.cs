using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>
/// The encoder of an encoder-decoder network: it turns a source into states, which the decoder reads. Each kind is one file, with its export to ONNX.
/// </summary>
internal abstract class SourceEncoder : IDisposable
{
    /// <summary>Receives the norms of the gradients of the last recurrent layer; null if they are not recorded, or if there is no such layer.</summary>
    public virtual GradientFlow? Flow { get; set; }

    /// <summary>Reads a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="device">The device that computes.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>The source states, [N,C], and a state [D,B,H'] that describes the whole source of each row, with D·H' = C.</returns>
    public abstract (Tensor States, RecurrentState Last) Forward(PackedBatch source, Device device, ForwardMode mode);

    /// <summary>Exports the encoder.</summary>
    /// <returns>The states [S,B,C], the last states [D,B,H'] and the last memory [D,B,H']; null for decoders whose cells have no memory.</returns>
    public abstract ExportedStates Export(OnnxGraph graph);

    public abstract void Dispose();
}
