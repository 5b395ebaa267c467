using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>
/// A trainable network: input layer → encoder → the layers of the task. It owns its input layer, its encoder and all parameters, and disposes of them.
/// </summary>
/// <param name="parameters">The parameters; the input layer has added its own.</param>
/// <param name="input">The input layer.</param>
/// <param name="encoder">The options of the encoder.</param>
/// <param name="threads">The number of threads that a step may use.</param>
internal abstract class Network(ParameterSet parameters, InputLayer input, RnnEncoderOptions encoder, int threads) : IDisposable
{
    public ParameterSet Parameters => parameters;

    /// <summary>The device that computes a step. The parameters stay on the CPU, with the optimizer.</summary>
    public Device Device { get; set; } = CPU;

    /// <summary>Receives the norms of the gradients of the last recurrent layer's states; null if they are not recorded.</summary>
    public GradientFlow? Flow
    {
        get => Encoder.Flow;
        set => Encoder.Flow = value;
    }

    /// <summary>The number of steps of a batch that the memory of a step of the training suffices for.</summary>
    public int MaximumSteps => LengthBuckets.MaximumTokens * Encoder.CellsPerStep;

    protected InputLayer Input => input;

    protected SequenceEncoder Encoder { get; } = SequenceEncoders.Create(parameters, encoder, input.Size, threads);

    /// <summary>Returns the network as an ONNX model with the inputs and outputs of <see cref="NetworkSignature"/>.</summary>
    public abstract byte[] Export();

    public virtual void Dispose()
    {
        Encoder.Dispose();
        Input.Dispose();
        Parameters.Dispose();
    }

    /// <summary>Computes the states of all steps.</summary>
    /// <returns>The vectors of the steps, [U,E], and their states, [N,S], both on <see cref="Device"/>.</returns>
    protected (LayerInput Vectors, Tensor States) Encode(PackedBatch batch, ForwardMode mode)
    {
        LayerInput x = Vectors(batch, mode);                                                                // [U,E]
        return (x, Encoder.Forward(x, batch, mode));                                                        // [N,S]
    }

    /// <summary>Returns the vectors of the steps, [U,E], on <see cref="Device"/>.</summary>
    protected LayerInput Vectors(PackedBatch batch, ForwardMode mode)
    {
        LayerInput x = Input.Forward(batch, mode);
        return Device.type == DeviceType.CPU ? x : x with { Vectors = x.Vectors.to(Device) };
    }

    /// <summary>Writes input layer and encoder to a graph.</summary>
    /// <returns>The names of the vectors [T,B,E], the lengths [B], the states [T,B,S] and the final states [D,B,H].</returns>
    protected (string Vectors, string Lengths, string States, string Final) ExportEncoder(OnnxGraph graph)
    {
        string x = Input.Export(graph);                                                                     // [T,B,E]
        string lengths = graph.InputInt32(NetworkSignature.Lengths, "The true length of each row, at least 1.", "batch");
        (string states, string final) = Encoder.Export(graph, x, lengths);
        return (x, lengths, states, final);
    }
}
