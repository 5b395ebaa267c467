using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>
/// An encoder-decoder network: source → vectors → recurrent layers; a bridge; target symbols → vectors → a layer that reads the source → additional layers →
/// logits. It owns all parameters and disposes of them.
/// </summary>
internal sealed partial class TranslationNetwork : IDisposable
{
    private readonly InputLayer _source;
    private readonly SymbolEmbedding _target;
    private readonly RecurrentStack _encoder;
    private readonly Bridge _bridge;
    private readonly DecoderLayer _first;
    private readonly RecurrentStack? _upper;
    private readonly SymbolHead _head;
    private readonly Dropout _dropout;
    private readonly BufferPool _buffers = new();
    private readonly int _hidden;

    /// <param name="parameters">The parameters; the input layer of the source has added its own.</param>
    /// <param name="source">The input layer of the source.</param>
    /// <param name="target">The vectors of the target symbols.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public TranslationNetwork(ParameterSet parameters, InputLayer source, SymbolEmbedding target, RnnTranslationNetworkOptions options, int threads)
    {
        (Parameters, _source, _target, _hidden) = (parameters, source, target, options.HiddenSize);
        RecurrentCell cell = RecurrentCells.Find(options)!;
        ParameterSet decoder = parameters.Within("decoder");
        _dropout = new Dropout(options.Dropout, options.LockedDropout);
        _encoder = new RecurrentStack(parameters.Within("encoder"), options.OfEncoder, cell, source.Size, threads);
        _bridge = new Bridge(parameters.Within("bridge"), _encoder.OutputSize, options.Layers, options.HiddenSize, cell.HasMemory);
        var size = new DecoderSize(cell, target.Size, options.HiddenSize, _encoder.OutputSize, options.WeightDropout, threads, _buffers);
        _first = DecoderLayers.Create(options.Attention, decoder, size, options.InputFeeding);
        if (options.Layers > 1)
        {
            RnnTranslationNetworkOptions upper = options with { Bidirectional = false, Layers = options.Layers - 1 };
            _upper = new RecurrentStack(decoder.Within("upper"), upper, cell, _first.OutputSize, threads);
        }
        _head = new SymbolHead(
            decoder, _upper?.OutputSize ?? _first.OutputSize, (int)target.Table.Value.shape[0], options.TiedEmbeddings ? target.Table : null, threads);
    }

    public ParameterSet Parameters { get; }

    /// <summary>The device that computes a step. The parameters stay on the CPU, with the optimizer.</summary>
    public Device Device { get; set; } = CPU;

    /// <summary>Whether the decoder computes with libtorch operators on the CPU, too, as a reference in tests.</summary>
    internal bool UsesOperators { get; set; }

    /// <summary>Receives the norms of the gradients of the encoder's last layer; null if they are not recorded.</summary>
    public GradientFlow? Flow
    {
        get => _encoder.Flow;
        set => _encoder.Flow = value;
    }

    /// <summary>V, the number of target symbols.</summary>
    public int Symbols => (int)_target.Table.Value.shape[0];

    /// <summary>Sets the first distribution of the target symbols.</summary>
    public void Begin(ReadOnlySpan<float> logFrequencies) => _head.Begin(logFrequencies);

    /// <summary>Computes the sum of the losses of the target symbols.</summary>
    /// <param name="batch">The pairs.</param>
    /// <param name="smoothing">The share of label smoothing.</param>
    /// <param name="mode">Training or scoring.</param>
    public Tensor Loss(PairBatch batch, float smoothing, ForwardMode mode)
    {
        EncodedBatch encoded = Encode(batch, mode);
        (Tensor outputs, _) = Decode(encoded, encoded.Initial, batch.Inputs, mode);                           // [N,R]
        return _head.Loss(_dropout.Forward(outputs, batch.Inputs, mode).cpu(), batch.Targets, smoothing);
    }

    /// <summary>Reads the source.</summary>
    public EncodedBatch Encode(PairBatch batch, ForwardMode mode)
    {
        LayerInput x = ToDevice(_source.Forward(batch.Source, mode));                                         // [U,E]
        (Tensor states, RecurrentState[] final) = _encoder.ForwardFrom(null, x, batch.Source, mode);          // [N,C]
        RecurrentState[] initial = _bridge.Forward(final[^1], batch.Order);
        (SourceRows rows, long[] places) = SourceRows.Of(batch.Source, batch.Order);
        if (!_first.Attends) return new EncodedBatch(null, initial);
        Tensor byRow = _dropout.Forward(states, batch.Source, mode).index_select(0, tensor(places, device: states.device));       // [M,C]
        return new EncodedBatch(_first.Prepare(byRow, rows), initial);
    }

    /// <summary>Computes the outputs of the decoder after each of some inputs, [N,R], and its states after them.</summary>
    /// <param name="encoded">The source.</param>
    /// <param name="before">The states before the inputs.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="mode">Training or scoring.</param>
    public (Tensor Outputs, RecurrentState[] Final) Decode(EncodedBatch encoded, RecurrentState[] before, PackedBatch inputs, ForwardMode mode)
    {
        LayerInput x = ToDevice(_target.Forward(inputs, mode));                                               // [U,E]
        (Tensor outputs, RecurrentState first) = x.Vectors.device_type == DeviceType.CPU && !UsesOperators
            ? _first.Forward(encoded.Source, before[0], x, inputs, mode)
            : _first.ForwardWithOperators(encoded.Source, before[0], x, inputs, mode);
        if (_upper is null) return (outputs, [first]);
        var between = new LayerInput(_dropout.Forward(outputs, inputs, mode), null);
        (Tensor last, RecurrentState[] upper) = _upper.ForwardFrom(before[1..], between, inputs, mode);       // [N,H]
        return (last, [first, .. upper]);
    }

    /// <summary>Computes the logits of the next symbol, [N,V].</summary>
    public Tensor Logits(Tensor outputs) => _head.Logits(outputs.cpu());

    public void Dispose()
    {
        _encoder.Dispose();
        _upper?.Dispose();
        _head.Dispose();
        _source.Dispose();
        _target.Dispose();
        _buffers.Dispose();
        Parameters.Dispose();
    }

    private LayerInput ToDevice(LayerInput x) => Device.type == DeviceType.CPU ? x : x with { Vectors = x.Vectors.to(Device) };
}

/// <summary>The source of a batch after the encoder.</summary>
/// <param name="Source">What the decoder reads; null without attention.</param>
/// <param name="Initial">The initial state of each layer of the decoder.</param>
internal sealed record EncodedBatch(DecoderSource? Source, RecurrentState[] Initial);
