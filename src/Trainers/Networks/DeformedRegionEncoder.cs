using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using MlNetRnn.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>
/// An encoder of regions that a spatial transformer deforms (Jaderberg et al., 2015; Pedersoli et al., 2017, section 3.3): at each cell of the grid, it
/// regresses a displacement and a size of a default box of 3×3 cells, samples 3×3 points of the box bilinearly, and computes the vector of the region from
/// them. Everything is learned from the captions.
/// </summary>
internal sealed class DeformedRegionEncoder : SourceEncoder
{
    /// <summary>The number of sampled points along a side of a box.</summary>
    private const int Points = 3;

    /// <summary>The greatest displacement of a box, in cells. Its sides change by a factor between 1/e and e.</summary>
    private const float GreatestShift = 3;

    private readonly InputLayer _input;
    private readonly RegionProjection _cells, _regions;
    private readonly Linear _hidden, _box;
    private readonly int _width, _height, _size;
    private readonly Tensor _centers, _offsets, _cell;                  // [S,2], [P²,2], [2]

    /// <param name="parameters">Receives the weights; the input layer has added its own.</param>
    /// <param name="input">The input layer.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public DeformedRegionEncoder(ParameterSet parameters, InputLayer input, RnnTranslationNetworkOptions options, int threads)
    {
        RegionReading regions = options.Regions!;
        (_input, _width, _height, _size) = (input, regions.GridWidth, regions.GridHeight, options.SourceSize);
        _cells = new RegionProjection(parameters.Within("cells"), input.Size, options, threads);
        _hidden = new Linear(parameters, "localization.hidden", _size, _size, threads);
        _box = new Linear(parameters, "localization.box", _size, 4, threads);
        // The first boxes are nearly the default ones.
        _box.Scale(0.01f);
        _regions = new RegionProjection(parameters, Points * Points * _size, options, threads);
        _centers = tensor(Centers(), [_width * _height, 2]);
        _offsets = tensor(Offsets(), [Points * Points, 2]);
        _cell = tensor(Cell());
    }

    public override (Tensor States, RecurrentState Last) Forward(PackedBatch source, Device device, ForwardMode mode)
    {
        if (source.Lengths[0] != _width * _height || source.Lengths[^1] != _width * _height)
            throw new InvalidOperationException(
                $"Regions: expected {_width * _height} cells of a grid of {_width} × {_height}, got {source.Lengths[^1]} to {source.Lengths[0]}.");
        int rows = source.Rows.Length, cells = _width * _height;
        Tensor x = _cells.Forward(_input.Forward(source, mode).Vectors.to(device), source, mode);             // [N,C], N = S·B
        Tensor boxes = _box.Forward(_hidden.Forward(x).tanh()).tanh().view(cells, rows, 4).permute(1, 0, 2);  // [B,S,4]
        Tensor cell = _cell.to(device);
        Tensor centers = _centers.to(device).Plus(boxes.narrow(2, 0, 2) * Scalars.Constant(GreatestShift) * cell);           // [B,S,2]
        Tensor steps = boxes.narrow(2, 2, 2).exp() * cell;                                                     // [B,S,2]
        Tensor grid = centers.unsqueeze(2).Plus(_offsets.to(device) * steps.unsqueeze(2));                        // [B,S,P²,2]
        Tensor map = x.view(cells, rows, _size).permute(1, 2, 0).reshape(rows, _size, _height, _width);       // [B,C,Y,X]
        Tensor points = nn.functional.grid_sample(
            map, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false);           // [B,C,S,P²]
        Tensor packed = points.permute(2, 0, 3, 1).reshape(cells * rows, Points * Points * _size);            // [N,P²·C]
        Tensor states = _regions.Forward(packed, source, mode);                                               // [N,C]
        return (states, _regions.Mean(states, source));
    }

    public override ExportedStates Export(OnnxGraph graph)
    {
        int cells = _width * _height;
        string x = _cells.Export(graph, _input.Export(graph));                                                // [S,B,C]
        string hidden = graph.Node("Tanh", [_hidden.ExportSteps(graph, x)]);
        string byCell = graph.Node("Tanh", [_box.ExportSteps(graph, hidden)]);                                // [S,B,4]
        string boxes = graph.Node("Transpose", [byCell], ("perm", new long[] { 1, 0, 2 }));                   // [B,S,4]
        string centers = graph.Node("Add", [
            graph.Node("Mul", [Columns(graph, boxes, 0), graph.Constant("cell.shift", [.. Cell().Select(side => GreatestShift * side)], 2)]),
            graph.Constant("cell.centers", Centers(), cells, 2)]);                                            // [B,S,2]
        string scales = graph.Node("Exp", [Columns(graph, boxes, 2)]);
        string steps = graph.Node("Mul", [scales, graph.Constant("cell.size", Cell(), 2)]);                   // [B,S,2]
        string axis = graph.Constant([2], 1);
        string offsets = graph.Node("Mul", [
            graph.Node("Unsqueeze", [steps, axis]), graph.Constant("cell.offsets", Offsets(), Points * Points, 2)]);       // [B,S,P²,2]
        string grid = graph.Node("Add", [graph.Node("Unsqueeze", [centers, axis]), offsets]);                 // [B,S,P²,2]
        string map = graph.Node("Reshape", [
            graph.Node("Transpose", [x], ("perm", new long[] { 1, 2, 0 })), graph.Constant([-1, _size, _height, _width], 4)]);     // [B,C,Y,X]
        string points = graph.Node(
            "GridSample", [map, grid], ("mode", "bilinear"), ("padding_mode", "zeros"), ("align_corners", 0L));            // [B,C,S,P²]
        string byPlace = graph.Node("Transpose", [points], ("perm", new long[] { 2, 0, 3, 1 }));              // [S,B,P²,C]
        string joined = graph.Node("Reshape", [byPlace, graph.Constant([cells, -1, Points * Points * _size], 3)]);         // [S,B,P²·C]
        ExportBoxes(graph, centers, steps);
        return _regions.ExportMean(graph, _regions.Export(graph, joined));
    }

    public override void Dispose()
    {
        _input.Dispose();
        _centers.Dispose();
        _offsets.Dispose();
        _cell.Dispose();
    }

    /// <summary>Exports the boxes as left, top, width and height, as shares of the image.</summary>
    private static void ExportBoxes(OnnxGraph graph, string centers, string steps)
    {
        // The coordinates of the grid go from -1 to 1. The points are in the middle of the parts of a box.
        string sizes = graph.Node("Mul", [steps, graph.Scalar(Points / 2f)]);                                 // [B,S,2]
        string middle = graph.Node("Mul", [graph.Node("Add", [centers, graph.Scalar(1)]), graph.Scalar(0.5f)]);
        string corners = graph.Node("Sub", [middle, graph.Node("Mul", [sizes, graph.Scalar(0.5f)])]);
        graph.NamedNode(NetworkSignature.Boxes, "Concat", [corners, sizes], ("axis", 2L));                    // [B,S,4]
        graph.OutputFloat(NetworkSignature.Boxes, "The box of each region: left, top, width, height, as shares of the image.", "batch", "steps", 4);
    }

    /// <summary>Returns two columns of boxes, [B,S,2].</summary>
    private static string Columns(OnnxGraph graph, string boxes, int first) =>
        graph.Node("Slice", [boxes, graph.Constant([first], 1), graph.Constant([first + 2], 1), graph.Constant([2], 1)]);

    /// <summary>Returns the sides of a cell, X and Y, if the grid has the sides 2.</summary>
    private float[] Cell() => [2f / _width, 2f / _height];

    /// <summary>Returns the centers of the cells, row by row, [S,2].</summary>
    private float[] Centers() =>
    [
        .. Enumerable.Range(0, _height).SelectMany(y => Enumerable.Range(0, _width).SelectMany(x =>
            new[] { (2f * x + 1) / _width - 1, (2f * y + 1) / _height - 1 })),
    ];

    /// <summary>Returns the places of the points of a box relative to its center, in steps, [P²,2].</summary>
    private static float[] Offsets() =>
    [
        .. Enumerable.Range(0, Points).SelectMany(y => Enumerable.Range(0, Points).SelectMany(x =>
            new[] { x - (Points - 1) / 2f, y - (Points - 1) / 2f })),
    ];
}
