using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using MlNetRnn.Sequences;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Token numbers → vectors. Word dropout reads a word as unknown now and then, which also teaches the vector of the unknown word.</summary>
internal sealed class Embedder(ParameterSet parameters, int tokens, int size, float wordDropout, float dropout)
{
    // Small against the later weights' scale, large enough that the first updates do not drown it.
    private const float InitialDeviation = 0.1f;

    private readonly Parameter _table = parameters.NormalTable("embedding", InitialDeviation, tokens, size);
    private readonly Dropout _dropout = new(dropout);

    public int Size => size;

    /// <summary>The vectors of the batch's different words. Dropout is the same wherever a word stands in the batch (Merity et al., 2018, section 4.3).</summary>
    public LayerInput Forward(PackedBatch batch, ForwardMode mode)
    {
        (int[] distinct, int[] places) = Distinct(WithWordDropout(batch.Tokens, mode));
        Tensor touched = _table.Touch(distinct);                            // [U,E]
        return new LayerInput(_dropout.Forward(touched, mode), places);
    }

    /// <param name="graph">The graph.</param>
    /// <param name="tokens">[T,B]</param>
    /// <returns>[T,B,E]</returns>
    public string Export(OnnxGraph graph, string tokens) =>
        graph.Node("Gather", [graph.Constant(_table.Name, _table.Value.Span(), _table.Value.shape), tokens], ("axis", 0L));

    private int[] WithWordDropout(int[] tokens, ForwardMode mode)
    {
        if (!mode.IsTraining || wordDropout == 0) return tokens;
        using Tensor draws = rand([tokens.Length], ScalarType.Float32, generator: mode.Random);   // [N]
        ReadOnlySpan<float> draw = draws.Span();
        var result = new int[tokens.Length];
        for (int i = 0; i < tokens.Length; i++) result[i] = draw[i] < wordDropout ? SpecialTokens.Unknown : tokens[i];
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
