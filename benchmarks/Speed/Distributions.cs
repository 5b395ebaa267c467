using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MlNetRnn.Benchmarks;

/// <summary>The scoring of one row under BenchmarkDotNet: means, spread and allocated bytes, where the other parts give ratios.</summary>
internal static class Distributions
{
    /// <param name="isTiny">One iteration of everything, to see that it runs.</param>
    public static void Run(bool isTiny)
    {
        // In this process: libtorch is 600 MB, which BenchmarkDotNet would build and copy for every case.
        Job job = (isTiny ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job).AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine("artifacts", "BenchmarkDotNet")).WithOptions(ConfigOptions.DisableOptimizationsValidator);
        BenchmarkRunner.Run<OneRow>(config);
    }
}

/// <summary>One row of text, scored in one way or another.</summary>
public class OneRow
{
    private const int RowsOfWorkload = 2_000;

    private EngineWays? _ways;
    private Func<float> _call = () => 0;

    /// <summary>How many words the text has.</summary>
    [Params(1, 20, 200)]
    public int Words { get; set; }

    /// <summary>How it is scored.</summary>
    [ParamsSource(nameof(Ways))]
    public string Way { get; set; } = "";

    /// <summary>All ways.</summary>
    public IEnumerable<string> Ways => EngineWays.Names;

    /// <summary>Makes models and engines.</summary>
    [GlobalSetup]
    public void Open()
    {
        _ways = new EngineWays(new Workload(RowsOfWorkload), Words);
        _call = _ways.All.Single(way => way.Name == Way).Call;
    }

    /// <summary>Frees them.</summary>
    [GlobalCleanup]
    public void Close() => _ways?.Dispose();

    /// <summary>Scores one row.</summary>
    [Benchmark]
    public float Score() => _call();
}
