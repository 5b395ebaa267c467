using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The forward and backward pass of a batch through a layer: a scan for each direction and each group of grids, divided among the threads. The groups do not
/// depend on the number of threads, and their gradients are added in their order, so that the result does not, either.
/// </summary>
internal sealed class GridLayerRun
{
    /// <summary>The number of grids that are scanned together: enough rows for the products of short diagonals, and states that fit the caches.</summary>
    private const int Together = 16;

    private readonly GridLayerCall _call;
    private readonly BufferPool.Lease _buffers;
    private readonly Tensor _xTensor, _weight, _recurrent, _bias;
    private readonly Matrix _x;
    private readonly int _gates;
    private readonly GridScan[] _scans;

    /// <param name="call">The arguments of the run.</param>
    /// <param name="x">[N,I]</param>
    /// <param name="weight">[D,G·H,I]</param>
    /// <param name="recurrent">[D,2,G·H,H]</param>
    /// <param name="bias">[D,G·H]</param>
    /// <param name="buffers">Working memory.</param>
    public GridLayerRun(GridLayerCall call, Tensor x, Tensor weight, Tensor recurrent, Tensor bias, BufferPool.Lease buffers)
    {
        (_call, _buffers, _xTensor, _weight, _recurrent, _bias) = (call, buffers, x, weight, recurrent, bias);
        (_x, _gates) = (new Matrix(x), (int)weight.shape[1]);
        var (weights, recurrents) = (new Matrix(weight), new Matrix(recurrent));
        int[][] groups = Groups(call.Grids.Sizes);
        _scans =
        [
            .. call.Corners.SelectMany((corner, d) => groups.Select(group =>
            {
                var sweep = new GridSweep([.. group.Select(grid => call.Grids.Sizes[grid])], corner, (i, cell) => call.Grids.Position(group[i], cell));
                return new GridScan(
                    call.Cell, sweep, weights.Slice(d * _gates, _gates), recurrents.Slice(d * 2 * _gates, 2 * _gates), buffers);
            })),
        ];
    }

    private int Directions => _call.Corners.Length;

    private int GroupsOfDirection => _scans.Length / Directions;

    /// <returns>[N,D·H]</returns>
    public Tensor Forward()
    {
        Tensor result = empty([_x.Rows, Directions * _call.Hidden], ScalarType.Float32);
        var (states, bias) = (new Matrix(result), new Matrix(_bias));
        ForEachScan((scan, d, _) => scan.Forward(_x, bias.RowSpan(d), states.SliceColumns(d * _call.Hidden, _call.Hidden)));
        return result;
    }

    /// <param name="stateGradient">[N,D·H]</param>
    /// <returns>The gradients of the vectors and of the weights.</returns>
    public (Tensor X, Tensor Weight, Tensor Recurrent, Tensor Bias) Backward(Tensor stateGradient)
    {
        var above = new Matrix(stateGradient);
        // Grids have cells of their own, but directions share them.
        Tensor[] dX = [.. Enumerable.Range(0, Directions).Select(_ => zeros_like(_xTensor))];
        Tensor Parts(Tensor weights) => empty([_scans.Length, .. weights.shape[1..]], ScalarType.Float32);
        (Tensor dWeight, Tensor dRecurrent, Tensor dBias) = (Parts(_weight), Parts(_recurrent), Parts(_bias));
        Matrix[] x = Array.ConvertAll(dX, gradient => new Matrix(gradient));
        var (w, r, b) = (new Matrix(dWeight), new Matrix(dRecurrent), new Matrix(dBias));
        foreach (GridScan scan in _scans) scan.BeginBackward();
        ForEachScan((scan, d, i) => scan.Backward(
            above.SliceColumns(d * _call.Hidden, _call.Hidden), x[d], w.Slice(i * _gates, _gates), r.Slice(i * 2 * _gates, 2 * _gates), b.RowSpan(i)));
        for (int d = 1; d < Directions; d++) dX[0].PlusInPlace(dX[d]);
        _buffers.Dispose();
        return (dX[0], Sum(dWeight, _weight), Sum(dRecurrent, _recurrent), Sum(dBias, _bias));
    }

    /// <summary>Adds the gradients of the groups of each direction.</summary>
    private Tensor Sum(Tensor parts, Tensor weights) => parts.view([Directions, GroupsOfDirection, .. weights.shape[1..]]).sum(1);

    /// <summary>Divides the grids into groups of similar size: holes are computed in vain.</summary>
    internal static int[][] Groups(IReadOnlyList<GridSize> sizes)
    {
        const double MostHoles = 1.5;
        var groups = new List<int[]>();
        var group = new List<int>();
        (long Cells, int Height, int Width) open = default;
        foreach (int i in Enumerable.Range(0, sizes.Count).OrderBy(i => sizes[i].Height).ThenBy(i => sizes[i].Width))
        {
            GridSize size = sizes[i];
            (long Cells, int Height, int Width) with = (open.Cells + size.Cells, Math.Max(open.Height, size.Height), Math.Max(open.Width, size.Width));
            // The scan of a group covers the smallest rectangle around all of its grids, for each of them.
            if (group.Count == Together || group.Count > 0 && (group.Count + 1L) * with.Height * with.Width > MostHoles * with.Cells)
            {
                groups.Add([.. group]);
                group.Clear();
                with = (size.Cells, size.Height, size.Width);
            }
            group.Add(i);
            open = with;
        }
        return [.. groups, [.. group]];
    }

    /// <param name="run">Receives the scan, its direction, and its number.</param>
    private void ForEachScan(Action<GridScan, int, int> run)
    {
        int workers = Math.Min(_call.Threads, _scans.Length);
        int next = -1;
        LayerThreads.Run(workers, _call.Threads, _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < _scans.Length; i = Interlocked.Increment(ref next)) run(_scans[i], i / GroupsOfDirection, i);
        });
    }
}
