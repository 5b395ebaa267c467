using MlNetRnn.Onnx;

namespace MlNetRnn.Modules;

/// <summary>Exports the mask of the positions in a padded batch that contain a token.</summary>
internal static class SequenceMask
{
    private const long Int64 = 7;

    /// <param name="graph">The graph.</param>
    /// <param name="x">[T,B,E]</param>
    /// <param name="lengths">int32 [B]</param>
    /// <returns>bool [T,B,1]</returns>
    public static string Export(OnnxGraph graph, string x, string lengths)
    {
        string shape = graph.Node("Shape", [x]);
        string steps = graph.Node("Gather", [shape, graph.Constant([0], [])], ("axis", 0L));                // T
        string step = graph.Node("Range", [graph.Constant([0], []), steps, graph.Constant([1], [])]);       // [T]
        string column = graph.Node("Unsqueeze", [step, graph.Constant([1], 1)]);                            // [T,1]
        string before = graph.Node("Less", [column, graph.Node("Cast", [lengths], ("to", Int64))]);         // [T,B]
        return graph.Node("Unsqueeze", [before, graph.Constant([2], 1)]);                                   // [T,B,1]
    }
}
