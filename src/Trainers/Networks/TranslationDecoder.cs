using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>
/// The decoder of a translation model: a bridge from the encoder; target symbols → vectors → a layer that reads the source → additional layers → logits.
/// </summary>
internal sealed partial class TranslationDecoder : IDisposable
{
    private readonly SymbolEmbedding _input;
    private readonly Bridge _bridge;
    private readonly DecoderLayer _first;
    private readonly RecurrentStack? _upper;
    private readonly SymbolHead _head;
    private readonly Dropout _dropout;
    private readonly BufferPool _buffers = new();
    private readonly int _hidden, _source;
    private readonly bool _hasMemory;

    /// <param name="parameters">Receives the weights of the layers; the vectors of the symbols are there already.</param>
    /// <param name="bridge">Receives the weights of the bridge.</param>
    /// <param name="input">The vectors of the target symbols.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public TranslationDecoder(ParameterSet parameters, ParameterSet bridge, SymbolEmbedding input, RnnTranslationNetworkOptions options, int threads)
    {
        RecurrentCell cell = RecurrentCells.Find(options)!;
        (_input, _hidden, _source, _hasMemory) = (input, options.HiddenSize, options.SourceSize, cell.HasMemory);
        _dropout = new Dropout(options.Dropout, options.LockedDropout);
        _bridge = new Bridge(bridge, _source, options.Layers, _hidden, cell.HasMemory);
        var size = new DecoderSize(cell, input.Size, _hidden, _source, options.WeightDropout, threads, _buffers);
        _first = DecoderLayers.Create(options.Attention, parameters, size, options.InputFeeding);
        if (options.Layers > 1)
        {
            RnnTranslationNetworkOptions upper = options with { Bidirectional = false, Layers = options.Layers - 1 };
            _upper = new RecurrentStack(parameters.Within("upper"), upper, cell, _first.OutputSize, threads);
        }
        _head = new SymbolHead(parameters, _upper?.OutputSize ?? _first.OutputSize, Symbols, options.TiedEmbeddings ? input.Table : null, threads);
    }

    /// <summary>V, the number of target symbols.</summary>
    public int Symbols => (int)_input.Table.Value.shape[0];

    /// <summary>Sets the first distribution of the target symbols.</summary>
    public void Begin(ReadOnlySpan<float> logFrequencies) => _head.Begin(logFrequencies);

    /// <summary>Prepares a source.</summary>
    /// <param name="states">The source states, [N,C], in the order of the source batch.</param>
    /// <param name="last">The state of the encoder's last layer after the last step of each row.</param>
    /// <param name="batch">The pairs.</param>
    public EncodedBatch Prepare(Tensor states, RecurrentState last, PairBatch batch)
    {
        RecurrentState[] initial = _bridge.Forward(last, batch.Order);
        if (!_first.Attends) return new EncodedBatch(null, initial);
        (SourceRows rows, long[] places) = SourceRows.Of(batch.Source, batch.Order);
        Tensor order = tensor(places, device: states.device);
        if (!batch.SharesSources) return new EncodedBatch(_first.Prepare(states.index_select(0, order), rows), initial);    // [M,C]
        // Keys and values are computed once for each source, and copied for the pairs that share it.
        DecoderSource shared = _first.Prepare(states, rows)!;                                                 // [N,A], [N,W]
        return new EncodedBatch(
            shared with { Keys = shared.Keys.index_select(0, order), Values = shared.Values.index_select(0, order) }, initial);   // [M,A], [M,W]
    }

    /// <summary>Computes the outputs after each of some inputs, [N,R], and the states after them.</summary>
    /// <param name="encoded">The source.</param>
    /// <param name="before">The states before the inputs.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <param name="usesOperators">Whether libtorch operators compute, as on other devices.</param>
    public (Tensor Outputs, RecurrentState[] Final) Forward(
        EncodedBatch encoded, RecurrentState[] before, PackedBatch inputs, ForwardMode mode, bool usesOperators)
    {
        LayerInput x = _input.Forward(inputs, mode);                                                          // [U,E]
        Device device = before[0].Hidden.device;
        if (device.type != DeviceType.CPU) x = x with { Vectors = x.Vectors.to(device) };
        (Tensor outputs, RecurrentState first) = device.type == DeviceType.CPU && !usesOperators
            ? _first.Forward(encoded.Source, before[0], x, inputs, mode)
            : _first.ForwardWithOperators(encoded.Source, before[0], x, inputs, mode);
        if (_upper is null) return (outputs, [first]);
        var between = new LayerInput(_dropout.Forward(outputs, inputs, mode), null);
        (Tensor last, RecurrentState[] upper) = _upper.ForwardFrom(before[1..], between, inputs, mode);       // [N,H]
        return (last, [first, .. upper]);
    }

    /// <summary>Computes the sum of the losses of the target symbols.</summary>
    /// <param name="outputs">[N,R]</param>
    /// <param name="batch">The pairs.</param>
    /// <param name="smoothing">The share of label smoothing.</param>
    /// <param name="mode">Training or scoring.</param>
    public Tensor Loss(Tensor outputs, PairBatch batch, float smoothing, ForwardMode mode) =>
        _head.Loss(_dropout.Forward(outputs, batch.Inputs, mode).cpu(), batch.Targets, smoothing);

    /// <summary>Computes the logits of the next symbol, [N,V].</summary>
    public Tensor Logits(Tensor outputs) => _head.Logits(outputs.cpu());

    public void Dispose()
    {
        _upper?.Dispose();
        _head.Dispose();
        _input.Dispose();
        _buffers.Dispose();
    }
}

/// <summary>The source of a batch after the encoder.</summary>
/// <param name="Source">What the decoder reads; null without attention.</param>
/// <param name="Initial">The initial state of each layer of the decoder.</param>
internal sealed record EncodedBatch(DecoderSource? Source, RecurrentState[] Initial);
