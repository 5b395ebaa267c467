using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Sequences;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A table of vectors.</summary>
/// <param name="Name">The name of its weights.</param>
/// <param name="Input">The input of the graph that it reads.</param>
/// <param name="Column">Which column of a batch it reads.</param>
/// <param name="Tokens">How many token numbers there are, V.</param>
/// <param name="Size">The size of a vector, E.</param>
internal sealed record EmbedderSetup(string Name, string Input, int Column, int Tokens, int Size)
{
    /// <summary>Whether the table stays as it is.</summary>
    public bool IsFrozen { get; init; }

    public Dropout Dropout { get; init; } = new(0);

    /// <summary>With which probability each token is read as unknown while learning, [V]; null for never.</summary>
    public float[]? UnknownAtRandom { get; init; }
}

/// <summary>Token numbers → vectors. Word dropout reads a word as unknown now and then, which also teaches the vector of the unknown word.</summary>
internal sealed class Embedder : InputLayer
{
    // Measured: at 0.02 and 0.1 the vectors of rare words are learned by heart, at 1 nothing else is learned (docs/results.md).
    private const float InitialDeviation = 0.3f;

    private readonly EmbedderSetup _setup;
    private readonly Parameter _table;

    /// <param name="parameters">Where the table goes.</param>
    /// <param name="setup">The table.</param>
    public Embedder(ParameterSet parameters, EmbedderSetup setup)
    {
        _setup = setup;
        // A vector that is never learned must at least say nothing.
        _table = parameters.NormalTable(setup.Name, setup.IsFrozen ? 0 : InitialDeviation, setup.IsFrozen, setup.Tokens, setup.Size);
    }

    /// <summary>The words of the main column.</summary>
    /// <param name="parameters">Where the table goes.</param>
    /// <param name="tokens">How many token numbers there are, V.</param>
    /// <param name="options">Size and dropout.</param>
    /// <param name="isFrozen">Whether the table stays as it is.</param>
    /// <param name="singletons">With which probability each word is read as unknown besides; null for never.</param>
    public Embedder(ParameterSet parameters, int tokens, RnnEncoderOptions options, bool isFrozen = false, float[]? singletons = null)
        : this(parameters, new EmbedderSetup("embedding", NetworkSignature.Tokens, 0, tokens, options.EmbeddingSize)
        {
            IsFrozen = isFrozen,
            Dropout = new Dropout(options.Dropout, options.LockedDropout),
            UnknownAtRandom = options.WordDropout == 0 && singletons is null ? null : [.. Enumerable.Range(0, tokens).Select(token => 1 - (1 - options.WordDropout) * (1 - (singletons?[token] ?? 0)))],
        })
    {
    }

    public override int Size => _setup.Size;

    /// <summary>Sets the vector of a token.</summary>
    public void Set(int token, ReadOnlySpan<float> vector) => vector.CopyTo(_table.Value.Span().Slice(token * Size, Size));

    /// <summary>The vectors of the batch's different words. Dropout is the same wherever a word stands in the batch (Merity et al., 2018, section 4.3).</summary>
    public override LayerInput Forward(PackedBatch batch, ForwardMode mode)
    {
        (int[] distinct, int[] places) = Distinct(WithUnknown(batch.Columns[_setup.Column].Tokens, mode));
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

    /// <summary>The distinct tokens, ascending, and for every place which of them it is.</summary>
    private static (int[] Distinct, int[] Places) Distinct(int[] tokens)
    {
        int[] sorted = [.. tokens];
        Array.Sort(sorted);
        int count = 0;
        foreach (int token in sorted)
            if (count == 0 || sorted[count - 1] != token) sorted[count++] = token;
        int[] distinct = sorted[..count];
        return (distinct, Array.ConvertAll(tokens, token => Array.BinarySearch(distinct, token)));
    }
}
