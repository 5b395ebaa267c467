using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>Layers over grids, compared with the same computation in libtorch operators, cell by cell, and in ONNX Runtime.</summary>
public class GridLayerTests
{
    private const int Inputs = 3, Hidden = 5;

    private static readonly Dictionary<string, Func<ParameterSet, int, int, BufferPool, GridLayer>> Layers = new()
    {
        ["Elman"] = Scanned(() => new GridElmanCell()),
        ["Lstm"] = Scanned(() => new GridLstmCell()),
        ["StableLstm"] = Scanned(() => new GridStableLstmCell()),
        ["Gru"] = Scanned(() => new GridGruCell()),
        ["ReNet, GRU"] = (parameters, _, threads, buffers) => new SweptGridLayer(parameters, "grid", new GruCell(), Inputs, Hidden, threads, buffers),
        ["ReNet, LSTM"] = (parameters, _, threads, buffers) => new SweptGridLayer(parameters, "grid", new LstmCell(), Inputs, Hidden, threads, buffers),
    };

    private static readonly Dictionary<string, GridSize[]> Sizes = new()
    {
        ["1×1"] = [new(1, 1)],
        ["1×N"] = [new(1, 6)],
        ["N×1"] = [new(6, 1)],
        ["high"] = [new(7, 3), new(7, 3)],
        ["wide"] = [new(2, 5), new(2, 5)],
        ["mixed"] = [new(3, 4), new(1, 1), new(5, 2), new(1, 7), new(4, 1), new(3, 3)],
        ["groups"] = [.. Enumerable.Range(0, 37).Select(i => new GridSize(1 + i % 4, 1 + i % 3))],
    };

    public static TheoryData<string, int, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, string>();
            foreach (string cell in Layers.Keys)
                foreach (int directions in (int[])[1, 2, 4])
                    foreach (string sizes in Sizes.Keys) cases.Add(cell, directions, sizes);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void States_and_gradients_are_those_of_single_cells(string cell, int directions, string sizes)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        var parameters = new ParameterSet(random);
        using var buffers = new BufferPool();
        GridLayer layer = Layers[cell](parameters, directions, 2, buffers);
        GridPlaces grids = Reversed(Sizes[sizes]);
        int cells = grids.Sizes.Sum(size => size.Cells);
        Tensor x = randn([cells, Inputs], generator: random), above = randn([cells, layer.OutputSize], generator: random);

        (Tensor states, Tensor[] gradients) = Run(input => layer.Forward(input, grids));
        (Tensor expected, Tensor[] expectedGradients) = Run(input => layer.ForwardWithOperators(input, grids));

        Assert.True(states.allclose(expected, rtol: 1e-4, atol: 1e-5), $"states differ by {(states - expected).abs().max().item<float>()}");
        foreach ((Tensor gradient, Tensor other) in gradients.Zip(expectedGradients))
            Assert.True(gradient.allclose(other, rtol: 1e-3, atol: 1e-4), $"gradients differ by {(gradient - other).abs().max().item<float>()}");

        (Tensor, Tensor[]) Run(Func<Tensor, Tensor> forward)
        {
            foreach (Parameter parameter in parameters.All) parameter.Value.grad = null;
            Tensor input = x.detach().clone().requires_grad_();
            Tensor result = forward(input);
            (result * above).sum().backward();
            return (result.detach(), [input.grad!.clone(), .. parameters.All.Select(parameter => parameter.Value.grad!.clone())]);
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        Assert.Equal(Gradients(threads: 1), Gradients(threads: 2));

        static float[] Gradients(int threads)
        {
            using DisposeScope scope = NewDisposeScope();
            using var random = new Generator(1);
            var parameters = new ParameterSet(random);
            using var buffers = new BufferPool();
            GridLayer layer = Layers["Lstm"](parameters, 4, threads, buffers);
            GridPlaces grids = Reversed(Sizes["groups"]);
            Tensor x = randn([grids.Sizes.Sum(size => size.Cells), Inputs], generator: random);
            layer.Forward(x, grids).Squared().sum().backward();
            return [.. parameters.All.SelectMany(parameter => parameter.Value.grad!.data<float>().ToArray())];
        }
    }

    [Theory]
    [MemberData(nameof(ExportedCases))]
    public void The_graph_computes_the_same_states_for_grids_of_any_size(string cell, int directions)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        var parameters = new ParameterSet(random);
        using var buffers = new BufferPool();
        GridLayer layer = Layers[cell](parameters, directions, 1, buffers);
        using var graph = new GridGraph(Inputs, layer.Export);
        foreach (GridSize size in new GridSize[] { new(4, 3), new(3, 5), new(1, 1), new(1, 6), new(6, 1) })
        {
            var grids = new GridPlaces([size, size], (grid, number) => grid * size.Cells + number);
            Tensor x = randn([2 * size.Cells, Inputs], generator: random);
            using var noGradients = no_grad();
            graph.Computes(layer.Forward(x, grids), size, x, size);
        }
    }

    public static TheoryData<string, int> ExportedCases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string cell in Layers.Keys)
                foreach (int directions in (int[])[1, 4]) cases.Add(cell, directions);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(ExportedCases))]
    public void A_grid_has_the_same_states_alone_as_among_others(string cell, int directions)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        var parameters = new ParameterSet(random);
        using var buffers = new BufferPool();
        GridLayer layer = Layers[cell](parameters, directions, 1, buffers);
        GridPlaces grids = Reversed(Sizes["mixed"]);
        Tensor x = randn([grids.Sizes.Sum(size => size.Cells), Inputs], generator: random);
        using var noGradients = no_grad();
        Tensor together = layer.Forward(x, grids);
        for (int grid = 0; grid < grids.Sizes.Count; grid++)
        {
            long[] own = [.. Enumerable.Range(0, grids.Sizes[grid].Cells).Select(number => (long)grids.Position(grid, number))];
            Tensor alone = layer.Forward(x.index_select(0, tensor(own)), new GridPlaces([grids.Sizes[grid]], (_, number) => number));
            Assert.True(alone.allclose(together.index_select(0, tensor(own)), rtol: 1e-5, atol: 1e-6), $"grid {grid} differs");
        }
    }

    private static Func<ParameterSet, int, int, BufferPool, GridLayer> Scanned(Func<GridCell> cell) => (parameters, directions, threads, buffers) =>
        new ScannedGridLayer(parameters, "grid", cell(), new LayerSize(Inputs, Hidden, directions), threads, buffers);

    /// <summary>Grids whose cells have the opposite order in the batch, so that no order is taken for granted.</summary>
    private static GridPlaces Reversed(GridSize[] sizes)
    {
        int[] starts = [.. sizes.Select((_, i) => sizes[..i].Sum(size => size.Cells))];
        int last = sizes.Sum(size => size.Cells) - 1;
        return new GridPlaces(sizes, (grid, cell) => last - starts[grid] - cell);
    }
}
