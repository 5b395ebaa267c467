using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Networks;

/// <summary>
/// A graph that ONNX Runtime runs. Thread-safe: all threads share one session, which is opened on first use. <see cref="Close"/> frees the session after the
/// last run; otherwise its finalizer does.
/// </summary>
/// <param name="graph">The graph as a serialized ONNX model.</param>
/// <param name="gpu">The GPU that the graph runs on.</param>
internal sealed class OnnxSession(byte[] graph, GpuRequest gpu)
{
    private readonly object _opening = new();
    private volatile Opened? _opened;

    /// <summary>The graph as a serialized ONNX model.</summary>
    public byte[] Graph => graph;

    /// <summary>The GPU that the graph runs on.</summary>
    public GpuRequest Gpu => gpu;

    /// <summary>Runs an action with the session, which stays open during the action.</summary>
    public void Use(Action<InferenceSession> action)
    {
        Opened opened = Enter();
        try
        {
            action(opened.Session);
        }
        finally
        {
            opened.Uses.Leave();
        }
    }

    /// <summary>Opens the session now instead of on first use.</summary>
    /// <exception cref="FormatException">ONNX Runtime cannot open the graph.</exception>
    public void Open() => Enter().Uses.Leave();

    /// <summary>Frees the native memory as soon as no run is in progress. The next run opens the session again.</summary>
    public void Close()
    {
        lock (_opening)
        {
            Opened? opened = _opened;
            _opened = null;
            opened?.Uses.Leave();
        }
    }

    /// <summary>Begins to use the session.</summary>
    private Opened Enter()
    {
        // Another thread may close the session between reading the property and entering.
        while (true)
            if (Session is { } opened && opened.Uses.TryEnter()) return opened;
    }

    // Not a Lazy, which would cache an exception: an attempt that failed for lack of memory may succeed later.
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
            // One thread per run: the callers distribute batches over the cores, and results do not depend on the machine.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // Batches differ in shape; a memory plan for each shape would grow without limit.
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        gpu.Append(options);
        try
        {
            return new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new FormatException(
                $"Network graph: expected an ONNX model that ONNX Runtime opens, got the error '{e.Message}'. "
                + "The model file is damaged, or ONNX Runtime is too old for it.",
                e);
        }
    }

    private sealed class Opened
    {
        public Opened(InferenceSession session) => (Session, Uses) = (session, new UseCount(session.Dispose));

        public InferenceSession Session { get; }

        public UseCount Uses { get; }
    }
}
