using System.Diagnostics;
using System.Globalization;

namespace MlNetRnn.Benchmarks;

/// <summary>A process that trains an epoch in PyTorch whenever it is told to.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process _process;

    /// <exception cref="InvalidOperationException">There is no such Python, or it has no PyTorch.</exception>
    public TorchPeer(string python, string file, string task, string order, int threads)
    {
        var start = new ProcessStartInfo(python, [Script(), file, task, order]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        // As this library has it: threads that wait actively for long take the cores from whoever's turn it is.
        start.Environment["GOMP_SPINCOUNT"] = "10000";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        string? ready = _process.StandardOutput.ReadLine();
        Version = ready?.Split(' ') is ["ready", { } version, _] ? version : throw new InvalidOperationException($"{python}: expected PyTorch, got '{ready}'. Run benchmarks/Peers/install.sh, or name another Python.");
    }

    public string Version { get; }

    /// <returns>The tokens of the epoch.</returns>
    public double Epoch()
    {
        _process.StandardInput.WriteLine("epoch");
        _process.StandardInput.Flush();
        string tokens = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch's process has ended.");
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
        throw new FileNotFoundException("benchmarks/Peers/torch_peer.py: there is none above the program's folder.");
    }
}
