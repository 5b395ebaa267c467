using TorchSharp;

namespace MlNetRnn.Native;

/// <summary>Sets the number of libtorch threads for a training run. Disposing restores the number of the training thread.</summary>
internal sealed class TorchThreads : IDisposable
{
    private static readonly object Gate = new();
    private static int _runs, _beforeFirst;
    private readonly int _before;

    private TorchThreads(int count, int insideOperations)
    {
        Count = count;
        lock (Gate)
        {
            int own = torch.get_num_threads();
            if (_runs++ == 0) _beforeFirst = own;
            // A thread that uses libtorch for the first time during another run inherits the number of that run.
            _before = own == insideOperations ? _beforeFirst : own;
            torch.set_num_threads(insideOperations);
        }
    }

    /// <summary>Number of threads that the run may use.</summary>
    public int Count { get; }

    /// <summary>Sets the number of threads.</summary>
    /// <param name="requested">Requested number; 0 for one per core.</param>
    /// <param name="runsOnOwnThreads">Whether the layers divide their work among the threads, so that libtorch needs no additional ones.</param>
    public static TorchThreads For(int requested, bool runsOnOwnThreads)
    {
        int count = requested == 0 ? Environment.ProcessorCount : requested;
        return new TorchThreads(count, runsOnOwnThreads ? 1 : count);
    }

    public void Dispose()
    {
        lock (Gate)
        {
            _runs--;
            torch.set_num_threads(_before);
        }
    }
}
