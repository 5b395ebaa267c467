using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Sequences;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Settings of an embedder.</summary>
/// <param name="Name">Name of its weights.</param>
/// <param name="Input">Input of the graph that it reads.</param>
/// <param name="Column">Index of the column of a batch that it reads.</param>
/// <param name="Tokens">Number of token numbers, V.</param>
/// <param name="Size">Size of a vector, E.</param>
internal sealed record EmbedderSetup(string Name, string Input, int Column, int Tokens, int Size)
{
    /// <summary>Whether training does not change the table.</summary>
    public bool IsFrozen { get; init; }

    public Dropout Dropout { get; init; } = new(0);

    /// <summary>Probability of replacing each token by the unknown token during training, [V]; null for never.</summary>
    public float[]? UnknownAtRandom { get; init; }
}

/// <summary>
/// An input layer that turns token numbers into vectors. Word dropout replaces words by the unknown word at random, which also trains the vector of the unknown
/// word.
/// </summary>
internal sealed class Embedder : InputLayer
{
    // Measured: with 0.02 and 0.1 the network overfits the vectors of rare words, with 1 it learns little else (docs/results.md).
    private const float InitialDeviation = 0.3f;

    private readonly EmbedderSetup _setup;
    private readonly Parameter _table;

    /// <param name="parameters">Receives the table.</param>
    /// <param name="setup">The settings.</param>
    public Embedder(ParameterSet parameters, EmbedderSetup setup)
    {
        _setup = setup;
        // A vector that is never trained must be neutral.
        _table = parameters.NormalTable(setup.Name, setup.IsFrozen ? 0 : InitialDeviation, setup.IsFrozen, setup.Tokens, setup.Size);
    }

    /// <summary>Initializes an embedder for the words of the main column.</summary>
    /// <param name="parameters">Receives the table.</param>
    /// <param name="tokens">Number of token numbers, V.</param>
    /// <param name="options">Size and dropout.</param>
    /// <param name="isFrozen">Whether training does not change the table.</param>
    /// <param name="singletons">Additional probability of replacing each word by the unknown word, [V]; null for none.</param>
    public Embedder(ParameterSet parameters, int tokens, RnnEncoderOptions options, bool isFrozen = false, float[]? singletons = null)
        : this(parameters, new EmbedderSetup("embedding", NetworkSignature.Tokens, 0, tokens, options.EmbeddingSize)
        {
            IsFrozen = isFrozen,
            Dropout = new Dropout(options.Dropout, options.LockedDropout),
            UnknownAtRandom = options.WordDropout == 0 && singletons is null
                ? null
                : [.. Enumerable.Range(0, tokens).Select(token => 1 - (1 - options.WordDropout) * (1 - (singletons?[token] ?? 0)))],
        })
    {
    }

    public override int Size => _setup.Size;

    /// <summary>Sets the vector of a token.</summary>
    public void Set(int token, ReadOnlySpan<float> vector) => vector.CopyTo(_table.Value.Span().Slice(token * Size, Size));

    /// <summary>
    /// Returns the vectors of the distinct words of a batch. A word has the same dropout wherever it occurs in the batch (Merity et al., 2018, section 4.3).
    /// </summary>
    public override LayerInput Forward(PackedBatch batch, ForwardMode mode)
    {
        (int[] distinct, int[] places) = DistinctTokens.Of(WithUnknown(batch.Columns[_setup.Column].Tokens, mode));
        var words = new LayerInput(_table.Touch(distinct), places);          // [U,E]
        return _setup.Dropout.IsByRow && mode.IsTraining
            ? new LayerInput(_setup.Dropout.Forward(words.Expanded(), batch, mode), null)
            : words with { Vectors = _setup.Dropout.Forward(words.Vectors, mode) };
    }

    public override string Export(OnnxGraph graph)
    {
        string tokens = graph.InputInt64(_setup.Input, "Token numbers, 0 after the end of a row.", BatchName, StepsName);
        string byStep = graph.Node("Transpose", [tokens], ("perm", new long[] { 1, 0 }));                   // [T,B]
        return graph.Node("Gather", [_table.Export(graph), byStep], ("axis", 0L));
    }

    private string BatchName => _setup.Input == NetworkSignature.Characters ? "words" : "batch";

    private string StepsName => _setup.Input == NetworkSignature.Characters ? "characters" : "steps";

    private int[] WithUnknown(int[] tokens, ForwardMode mode)
    {
        if (!mode.IsTraining || _setup.UnknownAtRandom is not { } probability) return tokens;
        using Tensor draws = rand([tokens.Length], ScalarType.Float32, generator: mode.Random);   // [N]
        ReadOnlySpan<float> draw = draws.Span();
        var result = new int[tokens.Length];
        for (int i = 0; i < tokens.Length; i++) result[i] = draw[i] < probability[tokens[i]] ? SpecialTokens.Unknown : tokens[i];
        return result;
    }
}
