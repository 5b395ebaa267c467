using System.Numerics;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>
/// A pool of working memory for the recurrent layers, which keeps buffers from step to step. Page faults of newly allocated buffers would take about a tenth of
/// a training step. Used by a single training loop; not thread-safe.
/// </summary>
internal sealed class BufferPool : IDisposable
{
    private readonly Dictionary<long, Stack<Tensor>> _free = [];
    private readonly List<Tensor> _all = [];

    /// <summary>Opens a lease. Disposing it returns the buffers that it has rented.</summary>
    public Lease Open() => new(this);

    public void Dispose()
    {
        foreach (Tensor tensor in _all) tensor.Dispose();
    }

    // Sizes are rounded up to powers of two, so that batches of different lengths share buffers.
    private static long Capacity(int rows, int columns) =>
        (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, (long)rows * columns));

    private Tensor Take(long capacity)
    {
        if (_free.TryGetValue(capacity, out Stack<Tensor>? stack) && stack.TryPop(out Tensor? free)) return free;
        Tensor tensor = empty([capacity], ScalarType.Float32).DetachFromDisposeScope();
        _all.Add(tensor);
        return tensor;
    }

    private void Return(long capacity, Tensor tensor)
    {
        if (!_free.TryGetValue(capacity, out Stack<Tensor>? stack)) _free[capacity] = stack = [];
        stack.Push(tensor);
    }

    /// <summary>The buffers of one forward and backward pass of a batch through a layer.</summary>
    internal sealed class Lease(BufferPool pool) : IDisposable
    {
        private readonly List<(long Capacity, Tensor Tensor)> _rented = [];

        /// <summary>Rents a matrix with undefined content.</summary>
        public Matrix Rent(int rows, int columns)
        {
            long capacity = Capacity(rows, columns);
            Tensor tensor = pool.Take(capacity);
            _rented.Add((capacity, tensor));
            return new Matrix(tensor, rows, columns);
        }

        /// <summary>Rents a matrix of zeros.</summary>
        public Matrix RentZeros(int rows, int columns)
        {
            Matrix matrix = Rent(rows, columns);
            matrix.Clear();
            return matrix;
        }

        public void Dispose()
        {
            foreach ((long capacity, Tensor tensor) in _rented) pool.Return(capacity, tensor);
            _rented.Clear();
        }
    }
}
