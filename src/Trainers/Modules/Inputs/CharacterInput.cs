using MlNetRnn.Batching;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>An input layer that turns the characters of each token into a vector. Each distinct token of a batch is encoded once.</summary>
internal sealed class CharacterInput : InputLayer
{
    private readonly Embedder _characters;
    private readonly CharacterEncoder _encoder;
    private readonly Dropout _dropout;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="characters">Number of character numbers.</param>
    /// <param name="options">Options for the network.</param>
    /// <param name="threads">Number of threads that a step may use.</param>
    public CharacterInput(ParameterSet parameters, int characters, RnnTaggingNetworkOptions options, int threads)
    {
        _characters = new Embedder(parameters,
            new EmbedderSetup("characters.embedding", NetworkSignature.Characters, 0, characters, options.CharacterEmbeddingSize));
        _encoder = CharacterEncoders.Create(options, parameters, threads);
        _dropout = new Dropout(options.Dropout, options.LockedDropout);
    }

    public override int Size => _encoder.Size;

    public override LayerInput Forward(PackedBatch batch, ForwardMode mode)
    {
        PackedWords words = batch.Words ?? throw new InvalidOperationException("Batch: expected the characters of its words, got none.");
        var vectors = new LayerInput(_encoder.Forward(_characters.Forward(words.Characters, mode), words.Characters), words.Places);         // [W,D]
        return _dropout.IsByRow && mode.IsTraining
            ? new LayerInput(_dropout.Forward(vectors.Expanded(), batch, mode), null)
            : vectors with { Vectors = _dropout.Forward(vectors.Vectors, mode) };
    }

    public override string Export(OnnxGraph graph)
    {
        string x = _characters.Export(graph);                                                                                           // [C,W,E]
        string lengths = graph.InputInt32(NetworkSignature.CharacterLengths, "Number of characters of each word, at least 1.", "words");
        string vectors = _encoder.Export(graph, x, lengths);                                                                            // [W,D]
        string words = graph.InputInt64(NetworkSignature.Words, "Index of the word of each step.", "batch", "steps");
        string byStep = graph.Node("Transpose", [words], ("perm", new long[] { 1, 0 }));                                                // [T,B]
        return graph.Node("Gather", [vectors, byStep], ("axis", 0L));                                                                   // [T,B,D]
    }

    public override void Dispose() => _encoder.Dispose();
}
