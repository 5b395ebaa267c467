using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>A layer of rectified linear units for the vector of each region, with dropout, and the mean over the regions.</summary>
/// <param name="parameters">Receives the weights.</param>
/// <param name="inputs">F, the size of a vector.</param>
/// <param name="options">The options of the network.</param>
/// <param name="threads">The number of threads that a step may use.</param>
internal sealed class RegionProjection(ParameterSet parameters, int inputs, RnnTranslationNetworkOptions options, int threads)
{
    private static readonly Scalar One = Scalars.Constant(1);

    private readonly Linear _layer = new(parameters, "regions", inputs, options.SourceSize, threads);
    private readonly Dropout _dropout = new(options.Dropout, options.LockedDropout);
    private readonly bool _hasMemory = RecurrentCells.Find(options)!.HasMemory;

    /// <summary>Computes the states of regions.</summary>
    /// <param name="vectors">[N,F]</param>
    /// <param name="source">The layout of the regions.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>[N,C]</returns>
    public Tensor Forward(Tensor vectors, PackedBatch source, ForwardMode mode) => _dropout.Forward(_layer.Forward(vectors).relu(), source, mode);

    /// <summary>Computes the mean over the regions of each row.</summary>
    /// <param name="states">[N,C]</param>
    /// <param name="source">The layout of the regions.</param>
    /// <returns>[1,B,C]; the memory of the decoder's cells begins with the same numbers.</returns>
    public RecurrentState Mean(Tensor states, PackedBatch source)
    {
        Tensor rows = tensor(PackedLayout.Rows(source), device: states.device);                                     // [N]
        Tensor sums = zeros([source.Rows.Length, states.shape[1]], ScalarType.Float32, states.device).index_add(0, rows, states, One);   // [B,C]
        Tensor counts = tensor(Array.ConvertAll(source.Lengths, length => (float)length), device: states.device).unsqueeze(1);           // [B,1]
        Tensor mean = (sums / counts).unsqueeze(0);                                                                 // [1,B,C]
        return new RecurrentState(mean, _hasMemory ? mean : null);
    }

    /// <summary>Exports the states of regions.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="vectors">[S,B,F]</param>
    /// <returns>[S,B,C]</returns>
    public string Export(OnnxGraph graph, string vectors) => graph.Node("Relu", [_layer.ExportSteps(graph, vectors)]);

    /// <summary>Exports the mean over the regions. It declares the input for the true number of regions of each row.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="states">[S,B,C]</param>
    public ExportedStates ExportMean(OnnxGraph graph, string states)
    {
        const long Float = 1, Int64 = 7;
        string lengths = graph.InputInt32(NetworkSignature.Lengths, "The number of regions of each row, at least 1.", "batch");
        string steps = graph.Node("Gather", [graph.Node("Shape", [states]), graph.Constant([0], [])], ("axis", 0L));           // S
        string step = graph.Node("Range", [graph.Constant([0], []), steps, graph.Constant([1], [])]);                          // [S]
        string places = graph.Node("Unsqueeze", [step, graph.Constant([1], 1)]);                                               // [S,1]
        string isRegion = graph.Node("Less", [places, graph.Node("Cast", [lengths], ("to", Int64))]);                          // [S,B]
        string mask = graph.Node("Unsqueeze", [graph.Node("Cast", [isRegion], ("to", Float)), graph.Constant([2], 1)]);        // [S,B,1]
        string sums = graph.Node("ReduceSum", [graph.Node("Mul", [states, mask]), graph.Constant([0], 1)]);                    // [1,B,C]
        string counts = graph.Node("Unsqueeze", [graph.Node("Cast", [lengths], ("to", Float)), graph.Constant([1], 1)]);       // [B,1]
        string mean = graph.Node("Div", [sums, counts]);                                                                       // [1,B,C]
        return new ExportedStates(states, mean, _hasMemory ? mean : null);
    }
}
