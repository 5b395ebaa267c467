using System.Globalization;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Measures the training of an encoder-decoder network and its beam search, beside the same network in PyTorch (benchmarks/Peers), if it is installed, in
/// alternating rounds.
/// </summary>
/// <param name="workload">The pairs and the network.</param>
/// <param name="rounds">The number of measured rounds.</param>
internal abstract class PairSpeed(PairWorkload workload, int rounds)
{
    /// <summary>The number of sources that are searched together.</summary>
    protected const int Together = 16;

    /// <summary>What is trained.</summary>
    protected abstract string Training { get; }

    /// <summary>The name of the search, without the number of sources.</summary>
    protected abstract string Search { get; }

    /// <summary>The name of a source in tables.</summary>
    protected abstract string SourceName { get; }

    /// <summary>The script of the peer.</summary>
    protected abstract string Script { get; }

    /// <summary>Measures.</summary>
    /// <param name="sources">The number of sources that are searched.</param>
    /// <param name="python">The Python interpreter with PyTorch.</param>
    public void Run(int sources, string python)
    {
        Console.WriteLine($"\n{Machine.Description}");
        if (!TorchPeer.IsInstalled(python))
        {
            Console.WriteLine($"Without PyTorch: {python} has none. Run benchmarks/Peers/install.sh, or set --python.");
            foreach (int threads in (int[])[1, 2]) Train(threads, null);
            Find(sources, null, null);
            return;
        }
        Console.WriteLine($"PyTorch runs with {OpenBlasKernel.Current}.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlnetrnn-peers-");
        string[] arguments = WriteArguments(folder);
        using (TorchPeer one = Open(1), two = Open(2), all = Open(Environment.ProcessorCount))
        {
            foreach ((int threads, TorchPeer peer) in new[] { (1, one), (2, two) }) Train(threads, peer);
            Find(sources, one, all);
        }
        folder.Delete(recursive: true);

        TorchPeer Open(int threads) => new(python, threads, Script, arguments);
    }

    /// <summary>Writes the files of the peer, and returns its arguments.</summary>
    protected abstract string[] WriteArguments(DirectoryInfo folder);

    /// <summary>Returns the ways of searching in this library: how many sources together, whether on all cores, the name, and the work.</summary>
    /// <param name="count">The number of sources.</param>
    protected abstract IEnumerable<(int Together, bool OnAllCores, string Name, Action Work)> Ways(int count);

    protected static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Train(int threads, TorchPeer? peer) => Turns.Run($"{Training}, {threads} thread(s)", "target symbols", rounds,
    [
        .. peer is null ? [] : new (string, Func<double>)[] { ($"PyTorch {peer.Version}", peer.Epoch) },
        ("this library, Gru", workload.Training(RnnCell.Gru, threads)),
        ("this library, GruResetAfter, the cell of PyTorch", workload.Training(RnnCell.GruResetAfter, threads)),
    ]);

    private void Find(int count, TorchPeer? one, TorchPeer? all)
    {
        int symbols = count * workload.FoundLength;
        var ways = new List<(string Name, Func<double> Work)>();
        foreach ((int together, bool onAllCores, string name, Action work) in Ways(count))
        {
            string threads = onAllCores ? $"{Environment.ProcessorCount} threads" : "1 thread";
            string how = $"{together} {SourceName}(s) × {PairWorkload.Beam}, {threads}";
            TorchPeer? peer = onAllCores ? all : one;
            if (peer is not null) ways.Add(($"PyTorch {peer.Version}, {how}", () => peer.Run($"search {together} {count}")));
            ways.Add(($"this library, {name}, {how}", () =>
            {
                work();
                return symbols;
            }
            ));
        }
        string title = $"{Search}, {count} {SourceName}s"
            + $" with a beam of {PairWorkload.Beam}, the same network, {workload.FoundLength} symbols each";
        double[][] rates = Turns.Run(title, "target symbols", rounds, [.. ways]);
        if (one is null) return;
        Console.WriteLine();
        for (int way = 0; way < ways.Count; way += 2) Turns.Compare($"{ways[way + 1].Name} / PyTorch", rates[way + 1], rates[way]);
    }
}
