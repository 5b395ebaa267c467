using MlNetRnn.Batching;
using MlNetRnn.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>
/// An encoder-decoder network: one encoder, or one for each source language; one decoder, or one for each target language. It owns all parameters and disposes
/// of them.
/// </summary>
/// <param name="parameters">All parameters.</param>
/// <param name="encoders">The encoders.</param>
/// <param name="decoders">The decoders.</param>
internal sealed class TranslationNetwork(ParameterSet parameters, SourceEncoder[] encoders, TranslationDecoder[] decoders) : IDisposable
{
    public ParameterSet Parameters => parameters;

    /// <summary>The device that computes a step. The parameters stay on the CPU, with the optimizer.</summary>
    public Device Device { get; set; } = CPU;

    /// <summary>Whether the decoder computes with libtorch operators on the CPU, too, as a reference in tests.</summary>
    internal bool UsesOperators { get; set; }

    /// <summary>Receives the norms of the gradients of the last layer of the encoders; null if they are not recorded.</summary>
    public GradientFlow? Flow
    {
        get => encoders[0].Flow;
        set
        {
            foreach (SourceEncoder encoder in encoders) encoder.Flow = value;
        }
    }

    /// <summary>V, the number of target symbols.</summary>
    public int Symbols => decoders[0].Symbols;

    /// <summary>The numbers of encoders and decoders.</summary>
    public (int Encoders, int Decoders) Count => (encoders.Length, decoders.Length);

    /// <summary>Sets the first distribution of the target symbols.</summary>
    public void Begin(ReadOnlySpan<float> logFrequencies)
    {
        foreach (TranslationDecoder decoder in decoders) decoder.Begin(logFrequencies);
    }

    /// <summary>Computes the sum of the losses of the target symbols.</summary>
    /// <param name="batch">The pairs, which have the same languages if these have parts of their own.</param>
    /// <param name="smoothing">The share of label smoothing.</param>
    /// <param name="mode">Training or scoring.</param>
    public Tensor Loss(PairBatch batch, float smoothing, ForwardMode mode)
    {
        EncodedBatch encoded = Encode(batch, mode);
        (Tensor outputs, _) = Decode(encoded, encoded.Initial, batch.Inputs, mode, batch.Languages.Target);   // [N,R]
        return DecoderOf(batch.Languages.Target).Loss(outputs, batch, smoothing, mode);
    }

    /// <summary>Reads the source.</summary>
    public EncodedBatch Encode(PairBatch batch, ForwardMode mode)
    {
        (Tensor states, RecurrentState last) = EncoderOf(batch.Languages.Source).Forward(batch.Source, Device, mode);        // [N,C]
        return DecoderOf(batch.Languages.Target).Prepare(states, last, batch);
    }

    /// <summary>Computes the outputs of the decoder after each of some inputs, [N,R], and its states after them.</summary>
    /// <param name="encoded">The source.</param>
    /// <param name="before">The states before the inputs.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <param name="language">The number of the target language.</param>
    public (Tensor Outputs, RecurrentState[] Final) Decode(
        EncodedBatch encoded, RecurrentState[] before, PackedBatch inputs, ForwardMode mode, int language = 0) =>
        DecoderOf(language).Forward(encoded, before, inputs, mode, UsesOperators);

    /// <summary>Computes the logits of the next symbol, [N,V].</summary>
    public Tensor Logits(Tensor outputs, int language = 0) => DecoderOf(language).Logits(outputs);

    /// <summary>Returns an encoder, with the bridge to a decoder, as an ONNX model.</summary>
    /// <param name="source">The number of the source language.</param>
    /// <param name="target">The number of the target language.</param>
    public byte[] ExportEncoder(int source = 0, int target = 0) => DecoderOf(target).ExportEncoder(EncoderOf(source));

    /// <summary>Returns one step of a decoder as an ONNX model.</summary>
    /// <param name="target">The number of the target language.</param>
    public byte[] ExportStep(int target = 0) => DecoderOf(target).ExportStep();

    public void Dispose()
    {
        foreach (SourceEncoder encoder in encoders) encoder.Dispose();
        foreach (TranslationDecoder decoder in decoders) decoder.Dispose();
        Parameters.Dispose();
    }

    private SourceEncoder EncoderOf(int language) => encoders.Length == 1 ? encoders[0] : encoders[language];

    private TranslationDecoder DecoderOf(int language) => decoders.Length == 1 ? decoders[0] : decoders[language];
}
