using MlNetRnn.Batching;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Sequences;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Token numbers → vectors. Word dropout reads a word as unknown now and then, which also teaches the vector of the unknown word.</summary>
internal sealed class Embedder : InputLayer
{
    // Measured: at 0.02 and 0.1 the vectors of rare words are learned by heart, at 1 nothing else is learned (docs/results.md).
    private const float InitialDeviation = 0.3f;

    private readonly Parameter _table;
    private readonly Dropout _dropout;
    private readonly float _wordDropout;

    /// <param name="parameters">Where the table goes.</param>
    /// <param name="tokens">How many token numbers there are, V.</param>
    /// <param name="options">Size and dropout.</param>
    /// <param name="isFrozen">Whether the table stays as it is.</param>
    public Embedder(ParameterSet parameters, int tokens, RnnNetworkOptions options, bool isFrozen = false)
    {
        Size = options.EmbeddingSize;
        // A vector that is never learned must at least say nothing.
        _table = parameters.NormalTable("embedding", isFrozen ? 0 : InitialDeviation, isFrozen, tokens, Size);
        (_dropout, _wordDropout) = (new Dropout(options.Dropout, options.LockedDropout), options.WordDropout);
    }

    public override int Size { get; }

    /// <summary>Sets the vector of a token.</summary>
    public void Set(int token, ReadOnlySpan<float> vector) => vector.CopyTo(_table.Value.Span().Slice(token * Size, Size));

    /// <summary>The vectors of the batch's different words. Dropout is the same wherever a word stands in the batch (Merity et al., 2018, section 4.3).</summary>
    public override LayerInput Forward(PackedBatch batch, ForwardMode mode)
    {
        (int[] distinct, int[] places) = Distinct(WithWordDropout(batch.Tokens, mode));
        var words = new LayerInput(_table.Touch(distinct), places);          // [U,E]
        return _dropout.IsByRow && mode.IsTraining
            ? new LayerInput(_dropout.Forward(words.Expanded(), batch, mode), null)
            : words with { Vectors = _dropout.Forward(words.Vectors, mode) };
    }

    public override string Export(OnnxGraph graph)
    {
        string tokens = graph.InputInt64(NetworkSignature.Tokens, "Token numbers, 0 after the end of a row.", "batch", "steps");
        string byStep = graph.Node("Transpose", [tokens], ("perm", new long[] { 1, 0 }));                   // [T,B]
        return graph.Node("Gather", [_table.Export(graph), byStep], ("axis", 0L));
    }

    private int[] WithWordDropout(int[] tokens, ForwardMode mode)
    {
        if (!mode.IsTraining || _wordDropout == 0) return tokens;
        using Tensor draws = rand([tokens.Length], ScalarType.Float32, generator: mode.Random);   // [N]
        ReadOnlySpan<float> draw = draws.Span();
        var result = new int[tokens.Length];
        for (int i = 0; i < tokens.Length; i++) result[i] = draw[i] < _wordDropout ? SpecialTokens.Unknown : tokens[i];
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
