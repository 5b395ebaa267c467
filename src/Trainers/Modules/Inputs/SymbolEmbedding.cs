using MlNetRnn.Batching;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The input layer of a network that reads symbols: a vector for each symbol, the boundary included. If the table is tied to the output (Press and Wolf, 2017;
/// Inan et al., 2017), training changes all its rows in each step; otherwise only those of the batch.
/// </summary>
internal sealed class SymbolEmbedding : InputLayer
{
    // Measured for words (docs/results.md): greater than usual. A table that is also the output matrix begins small (Merity et al., 2018).
    private const float InitialDeviation = 0.3f, TiedBound = 0.1f;

    private readonly Parameter? _tags;
    private readonly Dropout _dropout;
    private readonly Dropout _symbolDropout;

    /// <param name="parameters">Receives the table.</param>
    /// <param name="symbols">V, the number of symbols.</param>
    /// <param name="options">The options of the network.</param>
    public SymbolEmbedding(ParameterSet parameters, int symbols, RnnLanguageNetworkOptions options)
        : this(CreateTable(parameters, symbols, options.EmbeddingSize, options.TiedEmbeddings), null, SymbolDropout.Of(options))
    {
    }

    /// <param name="table">The vectors of the symbols.</param>
    /// <param name="tags">The vectors of symbols beyond those, which only the encoder has; null for none.</param>
    /// <param name="dropout">The probabilities of dropout.</param>
    public SymbolEmbedding(Parameter table, Parameter? tags, SymbolDropout dropout)
    {
        (Table, _tags, Size) = (table, tags, (int)table.Value.shape[1]);
        (_dropout, _symbolDropout) = (new Dropout(dropout.Components, dropout.IsLocked), new Dropout(dropout.Symbols));
    }

    public override int Size { get; }

    /// <summary>The vectors, [V,E].</summary>
    public Parameter Table { get; }

    /// <summary>Creates a table.</summary>
    /// <param name="parameters">Receives the table.</param>
    /// <param name="symbols">V.</param>
    /// <param name="size">E.</param>
    /// <param name="isOutput">Whether the table is also the output matrix.</param>
    /// <param name="name">Its name.</param>
    public static Parameter CreateTable(ParameterSet parameters, int symbols, int size, bool isOutput, string name = "embedding") => isOutput
        ? parameters.Uniform(name, TiedBound, symbols, size)
        : parameters.NormalTable(name, InitialDeviation, isFixed: false, symbols, size);

    /// <summary>Returns the vectors of the distinct symbols of a batch. Embedding dropout drops whole symbols (Gal and Ghahramani, 2016).</summary>
    public override LayerInput Forward(PackedBatch batch, ForwardMode mode)
    {
        (int[] distinct, int[] places) = DistinctTokens.Of(batch.Tokens);
        var symbols = new LayerInput(_symbolDropout.ForwardRows(Look(distinct), mode), places);                                         // [U,E]
        return _dropout.IsByRow && mode.IsTraining
            ? new LayerInput(_dropout.Forward(symbols.Expanded(), batch, mode), null)
            : symbols with { Vectors = _dropout.Forward(symbols.Vectors, mode) };
    }

    public override string Export(OnnxGraph graph)
    {
        string tokens = graph.InputInt64(NetworkSignature.Tokens, "Symbols that were read: the boundary 0 first.", "batch", "steps");
        string byStep = graph.Node("Transpose", [tokens], ("perm", new long[] { 1, 0 }));                   // [T,B]
        string table = _tags is null ? Table.Export(graph) : graph.Node("Concat", [Table.Export(graph), _tags.Export(graph)], ("axis", 0L));
        return graph.Node("Gather", [table, byStep], ("axis", 0L));
    }

    /// <summary>Returns the vectors of distinct symbols in ascending order, [U,E].</summary>
    private Tensor Look(int[] distinct)
    {
        int symbols = (int)Table.Value.shape[0], own = distinct.Count(symbol => symbol < symbols);
        Tensor? ofSymbols = own > 0 ? Rows(Table, distinct[..own]) : null;
        if (own == distinct.Length) return ofSymbols!;
        Tensor ofTags = Rows(_tags!, Array.ConvertAll(distinct[own..], tag => tag - symbols));
        return ofSymbols is null ? ofTags : cat([ofSymbols, ofTags]);

        static Tensor Rows(Parameter table, int[] rows) =>
            table.IsTable ? table.Touch(rows) : table.Value.index_select(0, tensor(rows, ScalarType.Int64));
    }
}

/// <summary>The probabilities of dropout in the vectors of symbols.</summary>
/// <param name="Components">That of a component of a vector.</param>
/// <param name="IsLocked">Whether it drops the same components at all steps of a row.</param>
/// <param name="Symbols">That of a whole symbol.</param>
internal sealed record SymbolDropout(float Components, bool IsLocked, float Symbols)
{
    public static SymbolDropout Of(RnnLanguageNetworkOptions options) => new(options.Dropout, options.LockedDropout, options.EmbeddingDropout);

    public static SymbolDropout Of(RnnTranslationNetworkOptions options) => new(options.Dropout, options.LockedDropout, options.EmbeddingDropout);
}
