using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Kernels;
using MlNetRnn.Sequences;

namespace MlNetRnn.Networks;

/// <summary>A trained network that computes its outputs for blocks of rows in one pass. Thread-safe: all threads share one session.</summary>
internal sealed class OnnxNetwork
{
    /// <summary>
    /// The maximum number of rows per batch. The rows of a block are sorted by length and divided into batches: this reduces padding, and the batches of a
    /// block can run on several cores. The number is fixed, so that results do not depend on the number of cores.
    /// </summary>
    private const int RowsPerBatch = 32;

    /// <summary>
    /// The maximum number of steps per batch, padding included; a single row may exceed it. Long rows run in smaller batches, because ONNX Runtime keeps the
    /// memory of its largest run.
    /// </summary>
    private const int StepsPerBatch = 1 << 15;

    /// <summary>The maximum number of values per batch, for rows of large frames or many tags; a single row may exceed it.</summary>
    private const long NumbersPerBatch = 1 << 26;

    /// <summary>The number of values of rows and results that fills a block: 256 MB.</summary>
    private const long NumbersPerBlock = 1 << 26;

    private readonly OnnxSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _outputNames;
    private readonly long _resultsPerStep;
    private volatile float[][]? _constants;

    public OnnxNetwork(byte[] graph, GpuRequest gpu, params IReadOnlyList<NetworkOutput> outputs)
    {
        (_session, Outputs, _outputNames) = (new OnnxSession(graph, gpu), outputs, [.. outputs.Select(output => output.Name)]);
        _resultsPerStep = outputs.Sum(output => (long)output.NumbersPerStep);
    }

    /// <summary>The GPU that the network runs on.</summary>
    public GpuRequest Gpu => _session.Gpu;

    /// <summary>The graph as a serialized ONNX model.</summary>
    public byte[] Graph => _session.Graph;

    /// <summary>The outputs that <see cref="Run(SequenceBlock, RowValues[])"/> computes, in the order of the results.</summary>
    public IReadOnlyList<NetworkOutput> Outputs { get; }

    /// <summary>The names of the outputs that are the same for all rows.</summary>
    public IReadOnlyList<string> ConstantNames { get; init; } = [];

    /// <summary>The values of each of <see cref="ConstantNames"/>. They are read once, with the first batch.</summary>
    /// <exception cref="InvalidOperationException">No batch has been run.</exception>
    public IReadOnlyList<float[]> Constants => _constants
        ?? throw new InvalidOperationException("Network constants: expected a network that has run a batch, got one that has not. Call Run first.");

    /// <summary>Returns whether a block, together with its future results, holds so many values that no row should be added.</summary>
    public bool IsFull(SequenceBlock block) => block.Main.StepCount * NumbersPerStep(block) >= NumbersPerBlock;

    private long NumbersPerStep(SequenceBlock block) => block.NumbersPerStep + _resultsPerStep;

    /// <summary>Runs all rows of a block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="results">An element for each of <see cref="Outputs"/>; row i of each receives the values of row i.</param>
    public void Run(SequenceBlock block, RowValues[] results) => _session.Use(session => Run(session, block, results));

    /// <summary>Opens the session now instead of on first use.</summary>
    /// <exception cref="FormatException">ONNX Runtime cannot open the graph.</exception>
    public void Open() => _session.Open();

    /// <summary>Frees the native memory as soon as no run is in progress. The next run opens the session again.</summary>
    public void Close() => _session.Close();

    private void Run(InferenceSession session, SequenceBlock block, RowValues[] results)
    {
        SequenceStore rows = block.Main;
        foreach (RowValues result in results) result.Resize(rows.Count);
        if (rows.Count == 1)
        {
            RunBatch(session, block, [0], results);
            return;
        }
        int[] order = Enumerable.Range(0, rows.Count).ToArray();
        Array.Sort(order, (a, b) =>
            rows.Length(a).CompareTo(rows.Length(b)) is var c && c != 0 ? c : rows.Width(a).CompareTo(rows.Width(b)) is var d && d != 0 ? d : a.CompareTo(b));
        long longest = rows.Length(order[^1]), numbers = longest * NumbersPerStep(block);
        int size = (int)Math.Clamp(Math.Min(NumbersPerBatch / Math.Max(1, numbers), StepsPerBatch / Math.Max(1, longest)), 1, RowsPerBatch);
        List<Range> batches = Batches(rows, order, size);
        InParallel.For(batches.Count, i => RunBatch(session, block, order.AsSpan(batches[i]), results));
    }

    /// <summary>Divides rows, in their order, into batches of at most <paramref name="size"/> rows. The grids of a batch have the same size.</summary>
    private static List<Range> Batches(SequenceStore rows, int[] order, int size)
    {
        var batches = new List<Range>();
        for (int start = 0, end; start < order.Length; start = end)
        {
            (int Length, int Width) first = (rows.Length(order[start]), rows.Width(order[start]));
            bool Fits(int row) => !rows.HasGrids || (rows.Length(row), rows.Width(row)) == first;
            for (end = start + 1; end < order.Length && end - start < size && Fits(order[end]);) end++;
            batches.Add(start..end);
        }
        return batches;
    }

    private void RunBatch(InferenceSession session, SequenceBlock block, ReadOnlySpan<int> which, RowValues[] results)
    {
        using NetworkInputs inputs = NetworkInputs.Of(block, which);
        bool readsConstants = _constants is null;
        IReadOnlyCollection<string> names = readsConstants ? [.. _outputNames, .. ConstantNames] : _outputNames;
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(_runOptions, inputs.Names, inputs.Values, names);
        if (readsConstants) _constants = [.. outputs.Skip(results.Length).Select(constant => constant.GetTensorDataAsSpan<float>().ToArray())];
        for (int o = 0; o < results.Length; o++)
        {
            ReadOnlySpan<float> values = outputs[o].GetTensorDataAsSpan<float>();                                          // [B,K] or [B,T,K]
            int width = values.Length / which.Length;
            for (int b = 0; b < which.Length; b++)
            {
                int own = Outputs[o].Extent == OutputExtent.Step ? width / inputs.Steps * inputs.Lengths[b] : width;
                results[o].Set(which[b], values.Slice(b * width, own));
            }
        }
    }
}
