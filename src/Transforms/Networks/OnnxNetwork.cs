using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Sequences;

namespace MlNetRnn.Networks;

/// <summary>
/// A trained network, run by ONNX Runtime. Immutable and safe for any number of threads; the session is opened at the first use and
/// shared. <see cref="Close"/> frees it when the last run has ended; without that its finalizer does.
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

    /// <summary>Long rows of large frames, or of many tags, run in smaller batches: no batch has more numbers, unless a single row has.</summary>
    private const long NumbersPerBatch = 1 << 26;

    /// <summary>So many numbers of rows and results are enough for a block: 256 MB.</summary>
    private const long NumbersPerBlock = 1 << 26;

    private readonly object _opening = new();
    private volatile Opened? _opened;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _outputNames;
    private readonly long _resultsPerStep;
    private volatile float[][]? _constants;

    public OnnxNetwork(byte[] graph, GpuRequest gpu, params IReadOnlyList<NetworkOutput> outputs)
    {
        (Graph, Gpu, Outputs, _outputNames) = (graph, gpu, outputs, [.. outputs.Select(output => output.Name)]);
        _resultsPerStep = outputs.Sum(output => (long)output.NumbersPerStep);
    }

    /// <summary>Where it runs.</summary>
    public GpuRequest Gpu { get; }

    /// <summary>The graph as a serialised ONNX model.</summary>
    public byte[] Graph { get; }

    /// <summary>The outputs that are computed, in the order of the results.</summary>
    public IReadOnlyList<NetworkOutput> Outputs { get; }

    /// <summary>The names of the outputs that are the same for all rows.</summary>
    public IReadOnlyList<string> ConstantNames { get; init; } = [];

    /// <summary>The numbers of each of <see cref="ConstantNames"/>. They are read once, with the first batch.</summary>
    /// <exception cref="InvalidOperationException">No batch has been run.</exception>
    public IReadOnlyList<float[]> Constants => _constants ?? throw new InvalidOperationException("Network constants: expected a network that has run, got one that has not. Call Run first.");

    /// <summary>Whether a block holds so many numbers, its results to come included, that no additional rows should join it.</summary>
    public bool IsFull(SequenceBlock block) => block.Main.StepCount * NumbersPerStep(block) >= NumbersPerBlock;

    private long NumbersPerStep(SequenceBlock block) => block.NumbersPerStep + _resultsPerStep;

    /// <summary>Runs all rows of a block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="results">One for each of <see cref="Outputs"/>; row i of each receives the numbers of row i.</param>
    public void Run(SequenceBlock block, RowValues[] results)
    {
        Opened opened = Enter();
        try
        {
            Run(opened.Session, block, results);
        }
        finally
        {
            opened.Uses.Leave();
        }
    }

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
        Array.Sort(order, (a, b) => rows.Length(a).CompareTo(rows.Length(b)) is var c && c != 0 ? c : a.CompareTo(b));
        long longest = rows.Length(order[^1]), numbers = longest * NumbersPerStep(block);
        int size = (int)Math.Clamp(Math.Min(NumbersPerBatch / Math.Max(1, numbers), StepsPerBatch / Math.Max(1, longest)), 1, RowsPerBatch);
        int batches = (rows.Count + size - 1) / size;
        if (batches == 1) RunBatch(session, block, order, results);
        else Parallel.For(0, batches, i => RunBatch(session, block, order.AsSpan(i * size, Math.Min(size, order.Length - i * size)), results));
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

    /// <summary>Opens the session, which is done at the first use otherwise.</summary>
    /// <exception cref="FormatException">ONNX Runtime cannot open the graph.</exception>
    public void Open() => Enter().Uses.Leave();

    /// <summary>Frees the native memory as soon as no run is under way. The next run opens the session again.</summary>
    public void Close()
    {
        lock (_opening)
        {
            Opened? opened = _opened;
            _opened = null;
            opened?.Uses.Leave();
        }
    }

    /// <summary>Begins a use of the session.</summary>
    private Opened Enter()
    {
        // It may be closed between looking and entering.
        while (true)
            if (Session is { } opened && opened.Uses.TryEnter()) return opened;
    }

    // Not a Lazy: what failed for want of memory may succeed the next time.
    private Opened Session
    {
        get
        {
            if (_opened is { } opened) return opened;
            lock (_opening) return _opened ??= new Opened(CreateSession());
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

    private sealed class Opened
    {
        public Opened(InferenceSession session) => (Session, Uses) = (session, new UseCount(session.Dispose));

        public InferenceSession Session { get; }

        public UseCount Uses { get; }
    }
}
