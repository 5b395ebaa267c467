using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Runs the directions of a layer, each on its own thread if there are several.</summary>
internal static class DirectionThreads
{
    /// <param name="directions">1 or 2.</param>
    /// <param name="threads">The number of threads that may be used.</param>
    /// <param name="run">Runs a direction.</param>
    public static void Run(int directions, int threads, Action<int> run)
    {
        if (directions == 1 || threads == 1)
        {
            for (int d = 0; d < directions; d++) run(d);
            return;
        }
        Task other = Task.Run(() => OnPoolThread(() => run(1)));
        try
        {
            run(0);
        }
        finally
        {
            other.Wait();           // even after an exception, the buffers must not be freed while the other direction writes to them
        }
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
