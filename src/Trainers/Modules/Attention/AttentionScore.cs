using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// How well a state of the decoder fits each state of the source. A score compares a query, which belongs to the decoder, with keys, which are computed once
/// for all source states. It is one file with its kernel and gradient, the same computation in libtorch operators, and its export to ONNX.
/// </summary>
internal abstract unsafe class AttentionScore
{
    /// <summary>A, the size of a query and of a key.</summary>
    public abstract int Size { get; }

    /// <summary>W, [A,H]: the query is W z; null if the state z itself is the query.</summary>
    public virtual Parameter? Query => null;

    /// <summary>v, [1,A]; null for a score without it.</summary>
    public virtual Parameter? Energy => null;

    /// <summary>Returns the keys of source states.</summary>
    /// <param name="states">[M,C]</param>
    /// <returns>[M,A]</returns>
    public abstract Tensor Keys(Tensor states);

    /// <summary>Computes the scores of a query.</summary>
    /// <param name="query">[A]</param>
    /// <param name="keys">[S,A], of one row.</param>
    /// <param name="energy">v, [A]; not used without <see cref="Energy"/>.</param>
    /// <param name="scores">Receives [S].</param>
    public abstract void Compute(float* query, Matrix keys, float* energy, Span<float> scores);

    /// <summary>Adds the gradients of the operands of <see cref="Compute"/>.</summary>
    /// <param name="query">[A]</param>
    /// <param name="keys">[S,A]</param>
    /// <param name="energy">v, [A].</param>
    /// <param name="gradient">∂L/∂scores, [S].</param>
    /// <param name="sums">The gradients of query [A], keys [S,A] and v [A].</param>
    public abstract void Backward(float* query, Matrix keys, float* energy, ReadOnlySpan<float> gradient, ScoreGradients sums);

    /// <summary>Computes the scores with libtorch operators.</summary>
    /// <param name="query">[B,A]</param>
    /// <param name="keys">[B,S,A]</param>
    /// <returns>[B,S]</returns>
    public abstract Tensor Operators(Tensor query, Tensor keys);

    /// <summary>Exports the keys.</summary>
    /// <param name="graph">The graph of the encoder.</param>
    /// <param name="states">[B,S,C]</param>
    /// <returns>[B,S,A]</returns>
    public abstract string ExportKeys(OnnxGraph graph, string states);

    /// <summary>Exports the scores.</summary>
    /// <param name="graph">The graph of a step.</param>
    /// <param name="query">[B,A]</param>
    /// <param name="keys">[B,S,A]</param>
    /// <returns>[B,S]</returns>
    public abstract string Export(OnnxGraph graph, string query, string keys);

    /// <summary>Exports the query.</summary>
    /// <param name="graph">The graph of a step.</param>
    /// <param name="state">[B,H]</param>
    /// <returns>[B,A]</returns>
    public string ExportQuery(OnnxGraph graph, string state) =>
        Query is null ? state : graph.Node("MatMul", [state, graph.Node("Transpose", [Query.Export(graph)], ("perm", new long[] { 1, 0 }))]);

    /// <summary>Computes the query with libtorch operators.</summary>
    /// <param name="state">[B,H]</param>
    /// <returns>[B,A]</returns>
    public Tensor QueryOf(Tensor state) => Query is null ? state : state.matmul(Query.On(state.device).t());
}

/// <summary>The gradients to which <see cref="AttentionScore.Backward"/> adds.</summary>
/// <param name="Query">[A]</param>
/// <param name="Keys">[S,A]</param>
/// <param name="Energy">[A]; null without v.</param>
internal readonly unsafe ref struct ScoreGradients(float* Query, Matrix Keys, float* Energy)
{
    public float* Query { get; } = Query;

    public Matrix Keys { get; } = Keys;

    public float* Energy { get; } = Energy;
}
