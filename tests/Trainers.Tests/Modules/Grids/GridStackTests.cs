using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>Patches, and a stack of layers with patches below each.</summary>
public class GridStackTests
{
    [Fact]
    public void Grids_of_different_shapes_are_scanned_in_groups_with_few_holes()
    {
        GridSize[] sizes = [.. Enumerable.Range(0, 40).Select(i => (i % 4) switch
        {
            0 => new GridSize(2, 256),
            1 => new GridSize(256, 2),
            _ => new GridSize(20, 20 + i % 3),
        })];
        int[][] groups = GridLayerRun.Groups(sizes);
        Assert.Equal(Enumerable.Range(0, sizes.Length), groups.SelectMany(group => group).Order());
        foreach (int[] group in groups)
        {
            long covered = group.Length * (long)group.Max(i => sizes[i].Height) * group.Max(i => sizes[i].Width);
            Assert.True(covered <= 1.5 * group.Sum(i => sizes[i].Cells));
            Assert.True(group.Length <= 16);
        }
        Assert.True(groups.Length <= 6);
    }

    private const int Inputs = 2;

    [Fact]
    public void A_patch_holds_its_cells_row_by_row_and_zeros_beyond_the_border()
    {
        using DisposeScope scope = NewDisposeScope();
        var patches = new GridPatches(new GridSize(2, 2));
        var grids = new GridPlaces([new GridSize(1, 1), new GridSize(3, 3)], (grid, cell) => grid + cell);
        Tensor x = tensor(Enumerable.Range(0, 10).Select(i => (float)i).ToArray(), [10, 1]);       // the cell of the first grid, then nine cells of the second
        GridPlaces smaller = patches.Of(grids);
        Assert.Equal([new GridSize(1, 1), new GridSize(2, 2)], smaller.Sizes);
        Assert.Equal([0, 1, 2, 3, 4], new[] { smaller.Position(0, 0) }.Concat(Enumerable.Range(0, 4).Select(patch => smaller.Position(1, patch))));
        float[] expected =
        [
            0, 0, 0, 0,
            1, 2, 4, 5, 3, 0, 6, 0,
            7, 8, 0, 0, 9, 0, 0, 0,
        ];
        Assert.Equal(expected, patches.Forward(x, grids).data<float>().ToArray());
    }

    [Fact]
    public void The_graph_of_a_stack_computes_the_same_states()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        var parameters = new ParameterSet(random);
        using var stack = GridStack.Create(
            3, Inputs, i => i == 1 ? null : new GridPatches(new GridSize(2, 3)),
            (i, inputs, buffers) => i == 1
                ? new SweptGridLayer(parameters, $"grid.{i}", new GruCell(), inputs, 4, threads: 1, buffers)
                : new ScannedGridLayer(parameters, $"grid.{i}", new GridStableLstmCell(), new LayerSize(inputs, 3, 4), threads: 1, buffers),
            new Dropout(0.5f));
        using var graph = new GridGraph(Inputs, stack.Export);
        foreach (GridSize size in new GridSize[] { new(4, 6), new(7, 5), new(1, 1), new(3, 10) })
        {
            var grids = new GridPlaces([size, size], (grid, cell) => grid * size.Cells + cell);
            Tensor x = randn([2 * size.Cells, Inputs], generator: random);
            using var noGradients = no_grad();
            (Tensor states, GridPlaces last) = stack.Forward(x, grids, ForwardMode.Scoring);
            graph.Computes(states, last.Sizes[0], x, size);
        }
    }
}
