using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>Runs the parts of a layer's work, each on its own thread.</summary>
internal static class LayerThreads
{
    /// <param name="parts">The number of parts.</param>
    /// <param name="threads">The number of threads that may be used; with one, the parts run one after another.</param>
    /// <param name="run">Runs a part.</param>
    public static void Run(int parts, int threads, Action<int> run)
    {
        if (parts == 1 || threads == 1)
        {
            for (int part = 0; part < parts; part++) run(part);
            return;
        }
        Task[] others = [.. Enumerable.Range(1, parts - 1).Select(part => Task.Run(() => OnPoolThread(() => run(part))))];
        try
        {
            run(0);
        }
        finally
        {
            Task.WaitAll(others);           // even after an exception, the buffers must not be freed while another thread writes to them
        }
    }

    /// <summary>Returns the start and the number of things of one of several nearly equal parts.</summary>
    public static (int Start, int Count) PartOf(int count, int part, int parts)
    {
        int start = (int)((long)count * part / parts);
        return (start, (int)((long)count * (part + 1) / parts) - start);
    }

    /// <summary>
    /// Runs an action on a pool thread. Gradient mode and the number of libtorch threads belong to the calling thread. A pool thread starts with the defaults,
    /// which would record gradients and would make two directions with several threads each compete for the cores.
    /// </summary>
    private static void OnPoolThread(Action run)
    {
        using var noGradients = no_grad();
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            run();
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
