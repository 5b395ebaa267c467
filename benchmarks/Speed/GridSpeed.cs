using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Measures the training of a two-dimensional network, beside a loop over the cells with operators of libtorch, and beside a loop over the diagonals in PyTorch
/// (benchmarks/Peers), if it is installed, in alternating rounds.
/// </summary>
internal static class GridSpeed
{
    /// <summary>The loop over the cells is so slow that it gets fewer images.</summary>
    private const int LoopShare = 8;

    public static void Run(int images, int rounds, string python)
    {
        Console.WriteLine($"\n{Machine.Description}");
        var workload = new GridWorkload(Math.Max(images, LoopShare * GridWorkload.BatchSize), GridWorkload.UsualSide);
        bool hasPeer = TorchPeer.IsInstalled(python);
        if (!hasPeer) Console.WriteLine($"Without PyTorch: {python} has none. Run benchmarks/Peers/install.sh, or set --python.");
        string file = Path.GetTempFileName();
        workload.Write(file);
        foreach (int threads in (int[])[1, 2])
        {
            using TorchPeer? peer = hasPeer ? new TorchPeer(python, threads, "grid_peer.py", file, $"{GridWorkload.UsualSide}") : null;
            torch.set_num_threads(threads);
            string title = $"Training, {workload.Images.Length:N0} images of {GridWorkload.UsualSide} × {GridWorkload.UsualSide}, patches of 2 × 2, one layer "
                + $"of {GridWorkload.Network.HiddenSize} units from four corners, batches of {GridWorkload.BatchSize}, {threads} thread(s)";
            Turns.Run(title, "images", rounds,
            [
                ("libtorch, cell by cell", CellByCell.Training(workload, workload.Images.Length / LoopShare)),
                .. peer is null ? [] : new (string, Func<double>)[] { ($"PyTorch {peer.Version}, diagonal by diagonal", peer.Epoch) },
                .. Enum.GetValues<RnnGridCell>().Select(cell =>
                    ($"this library, {cell}", workload.Training(threads, GridWorkload.Network with { Cell = cell }))),
                ("this library, ReNet of LSTMs", workload.Training(threads, GridWorkload.Network with { Layer = RnnGridLayer.ReNet })),
            ]);
        }
        File.Delete(file);
        Turns.Run("Scoring with ONNX Runtime on all cores, the same network", "images", rounds,
            ("multi-dimensional LSTM", workload.Scoring()),
            ("ReNet of LSTMs", workload.Scoring(GridWorkload.Network with { Layer = RnnGridLayer.ReNet })));
        GridCost.Run(rounds, Turns.Pictures);
    }
}
