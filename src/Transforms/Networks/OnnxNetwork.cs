using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Sequences;

namespace MlNetRnn.Networks;

/// <summary>
/// A trained network, run by ONNX Runtime. Immutable and safe for any number of threads; the session is opened at the first use and
/// shared. It holds no disposable state that an owner could close under others: its finalizer frees the native session.
/// </summary>
internal sealed class OnnxNetwork
{
    /// <summary>
    /// How many rows run together. Rows of a block are sorted by length and cut into such batches: less padding, and the batches of one
    /// block can run on several cores. Fixed, so that a result does not depend on the machine's number of cores.
    /// </summary>
    private const int RowsPerBatch = 32;

    /// <summary>Long rows run in smaller batches: no batch has more steps, padding included, unless a single row has. ONNX Runtime keeps the memory of its largest run.</summary>
    private const int StepsPerBatch = 1 << 15;

    /// <summary>Long rows of large frames run in smaller batches: no batch has more numbers, unless a single row has.</summary>
    private const long NumbersPerBatch = 1 << 26;

    private readonly object _opening = new();
    private volatile InferenceSession? _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _outputNames;

    public OnnxNetwork(byte[] graph, GpuRequest gpu, params IReadOnlyList<NetworkOutput> outputs)
    {
        (Graph, Gpu, Outputs, _outputNames) = (graph, gpu, outputs, [.. outputs.Select(output => output.Name)]);
    }

    /// <summary>Where it runs.</summary>
    public GpuRequest Gpu { get; }

    /// <summary>The graph as a serialised ONNX model.</summary>
    public byte[] Graph { get; }

    /// <summary>The outputs that are computed, in the order of the results.</summary>
    public IReadOnlyList<NetworkOutput> Outputs { get; }

    /// <summary>Runs all rows of a block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="results">One for each of <see cref="Outputs"/>; row i of each receives the numbers of row i.</param>
    public void Run(SequenceBlock block, RowValues[] results)
    {
        SequenceStore rows = block.Main;
        foreach (RowValues result in results) result.Resize(rows.Count);
        if (rows.Count == 1)
        {
            RunBatch(block, [0], results);
            return;
        }
        int[] order = Enumerable.Range(0, rows.Count).ToArray();
        Array.Sort(order, (a, b) => rows.Length(a).CompareTo(rows.Length(b)) is var c && c != 0 ? c : a.CompareTo(b));
        long longest = rows.Length(order[^1]), numbers = longest * block.All.Sum(store => (long)store.FrameSize);
        int size = (int)Math.Clamp(Math.Min(NumbersPerBatch / Math.Max(1, numbers), StepsPerBatch / Math.Max(1, longest)), 1, RowsPerBatch);
        int batches = (rows.Count + size - 1) / size;
        if (batches == 1) RunBatch(block, order, results);
        else Parallel.For(0, batches, i => RunBatch(block, order.AsSpan(i * size, Math.Min(size, order.Length - i * size)), results));
    }

    private void RunBatch(SequenceBlock block, ReadOnlySpan<int> which, RowValues[] results)
    {
        using NetworkInputs inputs = NetworkInputs.Of(block, which);
        using IDisposableReadOnlyCollection<OrtValue> outputs = Session.Run(_runOptions, inputs.Names, inputs.Values, _outputNames);
        for (int o = 0; o < results.Length; o++)
        {
            ReadOnlySpan<float> values = outputs[o].GetTensorDataAsSpan<float>();                                          // [B,K] or [B,T,K]
            if (Outputs[o].Extent == OutputExtent.Model)
            {
                results[o].Set(0, values);
                continue;
            }
            int width = values.Length / which.Length;
            for (int b = 0; b < which.Length; b++)
            {
                int own = Outputs[o].Extent == OutputExtent.Step ? width / inputs.Steps * inputs.Lengths[b] : width;
                results[o].Set(which[b], values.Slice(b * width, own));
            }
        }
    }

    /// <summary>Opens the session, which is done at the first use otherwise.</summary>
    /// <exception cref="FormatException">ONNX Runtime cannot open the graph.</exception>
    public void Open() => _ = Session;

    // Not a Lazy: what failed for want of memory may succeed the next time.
    private InferenceSession Session
    {
        get
        {
            if (_session is { } session) return session;
            lock (_opening) return _session ??= CreateSession();
        }
    }

    private InferenceSession CreateSession()
    {
        using var options = new SessionOptions
        {
            // One thread a run: rows are spread over cores by the callers, and results do not depend on the machine.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // Every batch has another shape; a plan of memory for each would grow without end.
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        Gpu.Append(options);
        try
        {
            return new InferenceSession(Graph, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new FormatException($"Network graph: expected an ONNX model that ONNX Runtime opens, got the error '{e.Message}'. The model file is damaged, or ONNX Runtime is too old for it.", e);
        }
    }
}
