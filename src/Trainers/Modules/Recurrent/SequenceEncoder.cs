using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>An encoder that turns the vectors of a sequence into a state for each step.</summary>
internal abstract class SequenceEncoder : IDisposable
{
    /// <summary>Size of a state.</summary>
    public abstract int OutputSize { get; }

    /// <summary>D, the number of directions in which the encoder reads a sequence.</summary>
    public abstract int Directions { get; }

    /// <summary>Number of cells of a grid that the first layer reads as one step; 1 for a sequence.</summary>
    public virtual int CellsPerStep => 1;

    /// <summary>Number of hidden layers of a perceptron that follow the pooling.</summary>
    public virtual int HiddenLayersAfterPooling => 0;

    /// <summary>Receives the norms of the gradients of the states of the last layer; null if they are not reported.</summary>
    public virtual GradientFlow? Flow { get; set; }

    /// <param name="input">Vectors of the steps of the batch.</param>
    /// <param name="batch">Layout of the steps.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>[N,S], in the order of <see cref="Layout"/>.</returns>
    public abstract Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode);

    /// <summary>
    /// Returns the layout of the states of a batch. If there are fewer states than steps, the rows of the layout have an order of their own, and
    /// <see cref="PackedBatch.Rows"/> are places among the rows of the batch.
    /// </summary>
    public virtual PackedBatch Layout(PackedBatch batch) => batch;

    /// <param name="graph">The graph.</param>
    /// <param name="x">[T,B,I]</param>
    /// <param name="lengths">[B]</param>
    /// <returns>The states [T,B,S] and the final states [D,B,H] of the last layer.</returns>
    public abstract (string States, string Final) Export(OnnxGraph graph, string x, string lengths);

    /// <summary>Exports weights of steps, given those of the states, [T',B,1].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">The weights of the states.</param>
    /// <param name="x">The exported vectors of the steps, [T,B,I].</param>
    /// <returns>[T,B,1]</returns>
    public virtual string ExportToSteps(OnnxGraph graph, string weights, string x) => weights;

    public virtual void Dispose()
    {
    }
}
