using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>The common part of the contracts of trainers with one output per grid.</summary>
/// <typeparam name="TLabel">The type of the label.</typeparam>
public abstract class PooledGridContract<TLabel> : GridContract
{
    /// <summary>Returns the label of a kind of grids: 0 to 2.</summary>
    protected abstract TLabel LabelOf(int kind);

    /// <summary>The network.</summary>
    protected virtual RnnGridNetworkOptions Network => TinyNetwork;

    protected override IDataView Data(MLContext ml, int rows) => ml.Data.LoadFromEnumerable(Grids(rows).Select(grid => new Row
    {
        Id = grid.Number,
        Label = LabelOf(grid.Kind),
        Pixels = grid.Pixels,
        Numbers = [grid.Number, -grid.Number, grid.Number / 2f],
    }).ToArray());

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        using var network = NewNetwork.Pooled(
            (Network with { Dropout = 0 }).ToPooled(), random, Input, (parameters, size) => new ClassificationHead(parameters, size, 3));
        using torch.Tensor loss = network.Forward(PackedBatch.From(TwoGrids(), [0, 1]), new ForwardMode(random)).square().sum();
        loss.backward();
        return Norms(network.Parameters);
    }

    private sealed class Row
    {
        public float Id { get; set; }

        public TLabel Label { get; set; } = default!;

        [VectorType(Height, GridContract.Width)]
        public float[] Pixels { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }
}
