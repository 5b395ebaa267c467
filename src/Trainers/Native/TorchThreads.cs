using TorchSharp;

namespace MlNetRnn.Native;

/// <summary>The number of libtorch's own threads for a training run; the thread that trains gets its number back at the end.</summary>
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
            // A thread that meets libtorch for the first time while another run is under way takes that run's number for its own.
            _before = own == insideOperations ? _beforeFirst : own;
            torch.set_num_threads(insideOperations);
        }
    }

    /// <summary>How many threads the run may use.</summary>
    public int Count { get; }

    /// <param name="requested">0 for one per core.</param>
    /// <param name="bidirectional">The two directions of a layer run on a thread each; libtorch then gets no additional ones.</param>
    public static TorchThreads For(int requested, bool bidirectional)
    {
        int count = requested == 0 ? Environment.ProcessorCount : requested;
        return new TorchThreads(count, bidirectional ? 1 : count);
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
