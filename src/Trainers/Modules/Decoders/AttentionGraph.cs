using MlNetRnn.Onnx;

namespace MlNetRnn.Modules;

/// <summary>Exports the weights and the context of attention in one step.</summary>
internal static class AttentionGraph
{
    private const float BelowEveryScore = -1e30f;

    /// <param name="graph">The graph.</param>
    /// <param name="score">The score.</param>
    /// <param name="state">The state that attends, [B,H].</param>
    /// <param name="source">The source.</param>
    /// <returns>The weights [B,S] and the context [B,C].</returns>
    public static (string Weights, string Context) Export(OnnxGraph graph, AttentionScore score, string state, ExportedSource source)
    {
        string scores = score.Export(graph, score.ExportQuery(graph, state), source.Keys);                    // [B,S]
        string masked = graph.Node("Where", [source.Mask, scores, graph.Scalar(BelowEveryScore)]);
        string weights = graph.Node("Softmax", [masked], ("axis", 1L));
        string row = graph.Node("Unsqueeze", [weights, graph.Constant([1], 1)]);                              // [B,1,S]
        return (weights, graph.Node("Squeeze", [graph.Node("MatMul", [row, source.States]), graph.Constant([1], 1)]));
    }
}
