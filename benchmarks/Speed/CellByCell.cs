using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// The network of <see cref="GridWorkload"/> as one would write it with the operators of libtorch: a loop over the rows and columns, whose step is one cell of
/// all images of a batch.
/// </summary>
internal sealed class CellByCell : nn.Module<Tensor, Tensor>
{
    private const int Gates = 5, Directions = 4, Patch = 2;

    private readonly int _hidden = GridWorkload.Network.HiddenSize;
    private readonly TorchSharp.Modules.Linear[] _input, _left, _above;
    private readonly TorchSharp.Modules.Linear _head;

    public CellByCell()
        : base(nameof(CellByCell))
    {
        TorchSharp.Modules.Linear[] Layers(int inputs, bool hasBias) =>
            [.. Enumerable.Range(0, Directions).Select(_ => nn.Linear(inputs, Gates * _hidden, hasBias))];
        (_input, _left, _above) = (Layers(Patch * Patch, hasBias: true), Layers(_hidden, hasBias: false), Layers(_hidden, hasBias: false));
        _head = nn.Linear(Directions * _hidden, GridWorkload.Classes);
        foreach ((string name, TorchSharp.Modules.Linear[] layers) in new[] { ("input", _input), ("left", _left), ("above", _above) })
            for (int d = 0; d < Directions; d++) register_module($"{name}{d}", layers[d]);
        register_module("head", _head);
    }

    public override Tensor forward(Tensor images)
    {
        long count = images.shape[0], side = images.shape[1] / Patch;
        Tensor patches = images.view(count, side, Patch, side, Patch).permute(1, 3, 0, 2, 4).reshape(side, side, count, Patch * Patch);    // [H,W,B,4]
        return _head.call(cat([.. Enumerable.Range(0, Directions).Select(d => Scan(patches, d))], 1));                                     // [B,K]
    }

    /// <summary>Trains an epoch.</summary>
    public static Func<double> Training(GridWorkload workload, int images)
    {
        var network = new CellByCell();
        var optimizer = optim.Adam(network.parameters(), 0.002);
        return () =>
        {
            foreach (int[] batch in Enumerable.Range(0, images).Chunk(GridWorkload.BatchSize))
            {
                using DisposeScope scope = NewDisposeScope();
                optimizer.zero_grad();
                float[] pixels = [.. batch.SelectMany(i => workload.Images[i]).Select(pixel => (pixel - 127f) / 74)];
                Tensor x = tensor(pixels).view(batch.Length, GridWorkload.UsualSide, GridWorkload.UsualSide);
                Tensor labels = tensor(Array.ConvertAll(batch, i => (long)workload.Labels[i]));
                nn.functional.cross_entropy(network.call(x), labels).backward();
                nn.utils.clip_grad_norm_(network.parameters(), 5);
                optimizer.step();
            }
            return images;
        };
    }

    /// <summary>Returns the maximum of the states of a scan over all cells, [B,H].</summary>
    private Tensor Scan(Tensor patches, int direction)
    {
        (int side, long count) = ((int)patches.shape[0], patches.shape[2]);
        Tensor projected = _input[direction].call(patches);                                                         // [H,W,B,G·H]
        Tensor zero = zeros(count, _hidden);
        var above = new (Tensor Hidden, Tensor Memory)[side];
        Array.Fill(above, (zero, zero));
        var states = new List<Tensor>();
        for (int r = 0; r < side; r++)
        {
            (Tensor Hidden, Tensor Memory) left = (zero, zero);
            for (int c = 0; c < side; c++)
            {
                int row = direction is 1 or 3 ? side - 1 - r : r, column = direction is 1 or 2 ? side - 1 - c : c;
                Tensor gates = projected[row, column] + _left[direction].call(left.Hidden) + _above[direction].call(above[c].Hidden);
                Tensor[] parts = gates.chunk(Gates, 1);                                                             // [B,H] each
                Tensor memory = parts[2].sigmoid() * left.Memory + parts[3].sigmoid() * above[c].Memory + parts[0].sigmoid() * parts[4].tanh();
                above[c] = left = (parts[1].sigmoid() * memory.tanh(), memory);
                states.Add(left.Hidden);
            }
        }
        return stack([.. states]).amax([0]);
    }
}
