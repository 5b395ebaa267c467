using MlNetRnn.Batching;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The input layer of a language model: a vector for each symbol, the boundary included. If the table is tied to the output (Press and Wolf, 2017; Inan et
/// al., 2017), training changes all its rows in each step; otherwise only those of the batch.
/// </summary>
internal sealed class SymbolEmbedding : InputLayer
{
    // Measured for words (docs/results.md): greater than usual. A table that is also the output matrix begins small (Merity et al., 2018).
    private const float InitialDeviation = 0.3f, TiedBound = 0.1f;

    private readonly Dropout _dropout;
    private readonly Dropout _symbolDropout;

    /// <param name="parameters">Receives the table.</param>
    /// <param name="symbols">V, the number of symbols.</param>
    /// <param name="options">The options of the network.</param>
    public SymbolEmbedding(ParameterSet parameters, int symbols, RnnLanguageNetworkOptions options)
    {
        Size = options.EmbeddingSize;
        Table = options.TiedEmbeddings
            ? parameters.Uniform("embedding", TiedBound, symbols, Size)
            : parameters.NormalTable("embedding", InitialDeviation, isFixed: false, symbols, Size);
        (_dropout, _symbolDropout) = (new Dropout(options.Dropout, options.LockedDropout), new Dropout(options.EmbeddingDropout));
    }

    public override int Size { get; }

    /// <summary>The vectors, [V,E].</summary>
    public Parameter Table { get; }

    /// <summary>Returns the vectors of the distinct symbols of a batch. Embedding dropout drops whole symbols (Gal and Ghahramani, 2016).</summary>
    public override LayerInput Forward(PackedBatch batch, ForwardMode mode)
    {
        (int[] distinct, int[] places) = DistinctTokens.Of(batch.Tokens);
        Tensor vectors = Table.IsTable ? Table.Touch(distinct) : Table.Value.index_select(0, tensor(distinct, ScalarType.Int64));       // [U,E]
        var symbols = new LayerInput(_symbolDropout.ForwardRows(vectors, mode), places);                                                // [U,E]
        return _dropout.IsByRow && mode.IsTraining
            ? new LayerInput(_dropout.Forward(symbols.Expanded(), batch, mode), null)
            : symbols with { Vectors = _dropout.Forward(symbols.Vectors, mode) };
    }

    public override string Export(OnnxGraph graph)
    {
        string tokens = graph.InputInt64(NetworkSignature.Tokens, "Symbols that were read: the boundary 0 first.", "batch", "steps");
        string byStep = graph.Node("Transpose", [tokens], ("perm", new long[] { 1, 0 }));                   // [T,B]
        return graph.Node("Gather", [Table.Export(graph), byStep], ("axis", 0L));
    }
}
