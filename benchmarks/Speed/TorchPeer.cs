using System.Diagnostics;
using System.Globalization;

namespace MlNetRnn.Benchmarks;

/// <summary>A process that trains an epoch in PyTorch on request.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the process.</summary>
    /// <param name="python">The Python interpreter with PyTorch.</param>
    /// <param name="file">The file with the rows.</param>
    /// <param name="task">classifier, tagger or language.</param>
    /// <param name="order">bucketed or random.</param>
    /// <param name="threads">The number of threads.</param>
    /// <exception cref="InvalidOperationException">The interpreter does not exist or has no PyTorch.</exception>
    public TorchPeer(string python, string file, string task, string order, int threads)
    {
        var start = new ProcessStartInfo(python, [Script(), file, task, order]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        if (OpenBlasKernel.Current.CoreType is { } core) start.Environment["OPENBLAS_CORETYPE"] = core;
        // As in this library, threads must not spin for long: they would occupy the cores while another way runs.
        start.Environment["GOMP_SPINCOUNT"] = "10000";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{python}: expected a process, got none.");
        string? ready = _process.StandardOutput.ReadLine();
        if (ready?.Split(' ') is not ["ready", { } version, _])
            throw new InvalidOperationException($"{python}: expected PyTorch, got '{ready}'. Run benchmarks/Peers/install.sh, or set --python.");
        Version = version;
    }

    /// <summary>The version of PyTorch.</summary>
    public string Version { get; }

    /// <summary>Trains an epoch.</summary>
    /// <returns>The number of tokens of the epoch.</returns>
    public double Epoch()
    {
        _process.StandardInput.WriteLine("epoch");
        _process.StandardInput.Flush();
        string tokens = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(
            "PyTorch: expected the number of tokens of an epoch, got the end of the process. Its messages are above.");
        return double.Parse(tokens, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Script()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "benchmarks", "Peers", "torch_peer.py") is var script && File.Exists(script)) return script;
        throw new FileNotFoundException(
            "benchmarks/Peers/torch_peer.py: expected in a folder above the program, found none. Run the benchmark in a clone of the repository.");
    }
}
