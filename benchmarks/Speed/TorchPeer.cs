using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MlNetRnn.Benchmarks;

/// <summary>A process that trains or translates in PyTorch on request.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the process.</summary>
    /// <param name="python">The Python interpreter with PyTorch.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="script">The name of the script in benchmarks/Peers.</param>
    /// <param name="arguments">The arguments of the script.</param>
    /// <exception cref="InvalidOperationException">The interpreter does not exist or has no PyTorch.</exception>
    public TorchPeer(string python, int threads, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, [PathOf(script), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
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
    public double Epoch() => Run("epoch");

    /// <summary>Runs a command of the script.</summary>
    /// <returns>The number of units of its work.</returns>
    public double Run(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        string units = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(
            $"PyTorch: expected a number after '{command}', got the end of the process. Its messages are above.");
        return double.Parse(units, CultureInfo.InvariantCulture);
    }

    /// <summary>Returns whether an interpreter exists and has PyTorch.</summary>
    public static bool IsInstalled(string python)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string PathOf(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "benchmarks", "Peers", name) is var script && File.Exists(script)) return script;
        throw new FileNotFoundException(
            $"benchmarks/Peers/{name}: expected in a folder above the program, found none. Run the benchmark in a clone of the repository.");
    }
}
