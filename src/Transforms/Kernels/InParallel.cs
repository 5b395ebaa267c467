using System.Runtime.ExceptionServices;

namespace MlNetRnn.Kernels;

/// <summary>Runs independent work on several threads.</summary>
internal static class InParallel
{
    /// <summary>Runs an action for each number below <paramref name="count"/>. An exception is thrown as it is, as if there was one thread.</summary>
    /// <param name="count">The number of calls.</param>
    /// <param name="run">The action.</param>
    /// <param name="threads">The maximum number of threads; -1 for no limit.</param>
    public static void For(int count, Action<int> run, int threads = -1)
    {
        if (count == 1 || threads == 1)
        {
            for (int i = 0; i < count; i++) run(i);
            return;
        }
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, run);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
