using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Filters over three adjacent characters, with zeros before the first and after the last, followed by max pooling over the word (dos Santos and Zadrozny,
/// 2014; Ma and Hovy, 2016, section 2.1).
/// </summary>
internal sealed class CharacterConvolution : CharacterEncoder
{
    private const int Width = 3;
    private readonly int _inputs;
    private readonly Linear _filters;
    private readonly MaxPooling _pooling = new();

    public CharacterConvolution(RnnTaggingNetworkOptions options, ParameterSet parameters)
    {
        (_inputs, Size) = (options.CharacterEmbeddingSize, options.CharacterSize);
        _filters = new Linear(parameters, "characters.filters", Width * _inputs, Size);
    }

    public override int Size { get; }

    public override Tensor Forward(LayerInput characters, PackedBatch words)
    {
        // The additional row of zeros is the neighbor of the first and the last character.
        int unique = (int)characters.Vectors.shape[0];
        Tensor extended = cat([characters.Vectors, zeros([1, _inputs], ScalarType.Float32)]);                               // [U+1,E]
        Tensor[] neighbors =
            [.. Enumerable.Range(-1, Width).Select(shift => extended.index_select(0, tensor(Places(characters, words, shift, unique))))];
        return _pooling.Forward(_filters.Forward(cat(neighbors, 1)), words, directions: 1);                                // [N,3E] → [N,D] → [W,D]
    }

    public override string Export(OnnxGraph graph, string x, string lengths)
    {
        string mask = SequenceMask.Export(graph, x, lengths);                                                               // [C,W,1]
        string kept = graph.Node("Where", [mask, x, graph.Scalar(0)]);                                                      // [C,W,E]
        string padded = graph.Node("Pad", [kept, graph.Constant([1, 0, 0, 1, 0, 0], 6)]);                                   // [C+2,W,E]
        string[] neighbors = [.. Enumerable.Range(0, Width).Select(shift =>
            graph.Node("Slice",
                [padded, graph.Constant([shift], 1), graph.Constant([shift == Width - 1 ? long.MaxValue : shift - Width + 1], 1), graph.Constant([0], 1)]))];
        string joined = graph.Node("Concat", neighbors, ("axis", 2L));                                                     // [C,W,3E]
        return _pooling.Export(graph, new ExportedSequence(_filters.ExportSteps(graph, joined), "", mask)).Vector;          // [W,D]
    }

    /// <summary>Returns the index of the vector of a neighbor of each character, [N].</summary>
    private static long[] Places(LayerInput characters, PackedBatch words, int shift, int none)
    {
        var places = new long[words.Count];
        for (int t = 0; t < words.Steps; t++)
            for (int w = 0; w < words.RowsAt[t]; w++)
            {
                int neighbor = t + shift;
                bool isInside = neighbor >= 0 && neighbor < words.Lengths[w];
                places[words.Position(w, t)] = isInside ? characters.Places?[words.Position(w, neighbor)] ?? words.Position(w, neighbor) : none;
            }
        return places;
    }
}
