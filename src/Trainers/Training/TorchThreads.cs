using TorchSharp;

namespace MlNetRnn.Training;

/// <summary>The number of threads for a training run; the caller's number is put back at the end.</summary>
internal sealed class TorchThreads : IDisposable
{
    private readonly int _before;

    private TorchThreads(int count, int insideOperations)
    {
        (Count, _before) = (count, torch.get_num_threads());
        torch.set_num_threads(insideOperations);
    }

    /// <summary>How many threads the run may use.</summary>
    public int Count { get; }

    /// <param name="requested">0 for one per core.</param>
    /// <param name="bidirectional">The two directions of a layer run on a thread each; libtorch then gets no further ones.</param>
    public static TorchThreads For(int requested, bool bidirectional)
    {
        int count = requested == 0 ? Environment.ProcessorCount : requested;
        return new TorchThreads(count, bidirectional ? 1 : count);
    }

    public void Dispose() => torch.set_num_threads(_before);
}
