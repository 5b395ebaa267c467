using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures the scoring of one row with BenchmarkDotNet: means, deviations and allocated bytes. The other parts measure ratios.</summary>
internal static class Distributions
{
    /// <param name="isTiny">Whether each case runs only once, as a test.</param>
    public static void Run(bool isTiny)
    {
        // Runs in this process, because BenchmarkDotNet would otherwise build every case and copy the 600 MB of libtorch.
        Job job = (isTiny ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job).AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine("artifacts", "BenchmarkDotNet")).WithOptions(ConfigOptions.DisableOptimizationsValidator);
        BenchmarkRunner.Run<OneRow>(config);
    }
}

/// <summary>One row of text, scored in several ways.</summary>
public class OneRow
{
    private const int RowsOfWorkload = 2_000;

    private EngineWays? _ways;
    private Func<float> _call = () => 0;

    /// <summary>The number of words of the text.</summary>
    [Params(1, 20, 200)]
    public int Words { get; set; }

    /// <summary>The way to score.</summary>
    [ParamsSource(nameof(Ways))]
    public string Way { get; set; } = "";

    /// <summary>The names of all ways.</summary>
    public IEnumerable<string> Ways => EngineWays.Names;

    /// <summary>Creates models and engines.</summary>
    [GlobalSetup]
    public void Open()
    {
        _ways = new EngineWays(new Workload(RowsOfWorkload), Words);
        _call = _ways.All.Single(way => way.Name == Way).Call;
    }

    /// <summary>Disposes them.</summary>
    [GlobalCleanup]
    public void Close() => _ways?.Dispose();

    /// <summary>Scores one row.</summary>
    [Benchmark]
    public float Score() => _call();
}
