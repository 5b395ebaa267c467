using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>A network that is learned: input → encode → whatever the task makes of the states. It owns its input layer, its encoder and all weights.</summary>
internal abstract class Network : IDisposable
{
    /// <param name="options">The encoder.</param>
    /// <param name="random">Where the first weights come from.</param>
    /// <param name="threads">How many threads a step may use.</param>
    /// <param name="input">Makes the input layer.</param>
    protected Network(RnnEncoderOptions options, Generator random, int threads, Func<ParameterSet, InputLayer> input)
    {
        Parameters = new ParameterSet(random);
        Input = input(Parameters);
        Encoder = SequenceEncoders.Create(Parameters, options, Input.Size, threads);
    }

    public ParameterSet Parameters { get; }

    /// <summary>Where a step is computed; the weights stay where the optimizer is, on the CPU.</summary>
    public Device Device { get; set; } = CPU;

    /// <summary>Receives the norms of the gradients of the last recurrent layer's states; null where nobody asks.</summary>
    public GradientFlow? Flow
    {
        get => Encoder.Flow;
        set => Encoder.Flow = value;
    }

    protected InputLayer Input { get; }

    protected SequenceEncoder Encoder { get; }

    /// <summary>The network as an ONNX model with the inputs and outputs of <see cref="NetworkSignature"/>.</summary>
    public abstract byte[] Export();

    public void Dispose()
    {
        Encoder.Dispose();
        Input.Dispose();
        Parameters.Dispose();
    }

    /// <returns>The vectors of the steps, [U,E], and their states, [N,S], both where the step is computed.</returns>
    protected (LayerInput Vectors, Tensor States) Encode(PackedBatch batch, ForwardMode mode)
    {
        LayerInput x = Input.Forward(batch, mode);                                                          // [U,E]
        if (Device.type != DeviceType.CPU) x = x with { Vectors = x.Vectors.to(Device) };
        return (x, Encoder.Forward(x, batch, mode));                                                        // [N,S]
    }

    /// <summary>Writes input and encoder: vectors [T,B,E], lengths [B], states [T,B,S], final states [D,B,H].</summary>
    protected (string Vectors, string Lengths, string States, string Final) ExportEncoder(OnnxGraph graph)
    {
        string x = Input.Export(graph);                                                                     // [T,B,E]
        string lengths = graph.InputInt32(NetworkSignature.Lengths, "The true length of each row, at least 1.", "batch");
        (string states, string final) = Encoder.Export(graph, x, lengths);
        return (x, lengths, states, final);
    }
}
