using System.Numerics;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>
/// The working memory of the recurrent layers, kept from step to step: a fresh megabyte from the system costs its page faults every
/// time, a tenth of a training step in all. One training loop uses it, so it is not for several threads.
/// </summary>
internal sealed class BufferPool : IDisposable
{
    private readonly Dictionary<long, Stack<Tensor>> _free = [];
    private readonly List<Tensor> _all = [];

    /// <summary>Opens a lease; what it rents goes back when it is disposed of.</summary>
    public Lease Open() => new(this);

    public void Dispose()
    {
        foreach (Tensor tensor in _all) tensor.Dispose();
    }

    // Sizes are rounded up to powers of two, so that batches of different length share buffers.
    private static long Capacity(int rows, int columns) => (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, (long)rows * columns));

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

    /// <summary>The buffers of one pass of a batch through a layer and back.</summary>
    internal sealed class Lease(BufferPool pool) : IDisposable
    {
        private readonly List<(long Capacity, Tensor Tensor)> _rented = [];

        /// <summary>A matrix of whatever numbers were left in it.</summary>
        public Matrix Rent(int rows, int columns)
        {
            long capacity = Capacity(rows, columns);
            Tensor tensor = pool.Take(capacity);
            _rented.Add((capacity, tensor));
            return new Matrix(tensor, rows, columns);
        }

        /// <summary>A matrix of zeros.</summary>
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
