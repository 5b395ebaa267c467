using MlNetRnn.Onnx;

namespace MlNetRnn.Modules;

/// <summary>The sizes of grids in a graph, which are known when it runs: names of values, [1] each.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Grids">B.</param>
/// <param name="Height">H'.</param>
/// <param name="Width">W'.</param>
internal sealed record GridShape(OnnxGraph Graph, string Grids, string Height, string Width)
{
    /// <summary>Returns the sizes of [B,H',W',I].</summary>
    public static GridShape Of(OnnxGraph graph, string x)
    {
        string shape = graph.Node("Shape", [x]);
        return new GridShape(graph, Size(0), Size(1), Size(2));

        string Size(long axis) => graph.Node("Gather", [shape, graph.Constant([axis], 1)], ("axis", 0L));
    }

    /// <summary>Returns constants, such as axes.</summary>
    public string Numbers(params long[] numbers) => Graph.Constant(numbers, numbers.Length);

    /// <summary>Returns the number of parts of a size, of which the last may not be whole.</summary>
    public string Parts(string whole, int part) => Graph.Node("Div", [Graph.Node("Add", [whole, Numbers(part - 1)]), Numbers(part)]);

    /// <summary>Joins sizes to a shape.</summary>
    public string Join(params string[] sizes) => Graph.Node("Concat", sizes, ("axis", 0L));

    /// <summary>Returns [B,H',W',I] in another order of its dimensions.</summary>
    public string Transpose(string value, params long[] order) => Graph.Node("Transpose", [value], ("perm", order));
}
