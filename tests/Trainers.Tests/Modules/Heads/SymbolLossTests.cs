using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>Compares the loss of the next symbol with libtorch's cross-entropy.</summary>
public class SymbolLossTests
{
    [Theory]
    [InlineData(7, 5, 3, 0f, 1)]
    [InlineData(300, 11, 6, 0f, 1)]
    [InlineData(40, 60_000, 4, 0f, 1)]
    [InlineData(7, 5, 3, 0.1f, 1)]
    [InlineData(40, 60_000, 4, 0.3f, 1)]
    [InlineData(5000, 11, 6, 0f, 3)]
    [InlineData(41, 60_001, 4, 0.3f, 2)]
    public void Loss_and_gradients_equal_those_of_libtorch(int steps, int symbols, int size, float smoothing, int threads)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(7);
        using var buffers = new BufferPool();
        Tensor x = randn([steps, size], generator: random).requires_grad_(true), w = randn([symbols, size], generator: random).requires_grad_(true);
        Tensor b = randn([symbols], generator: random).requires_grad_(true);
        int[] targets = [.. Enumerable.Range(0, steps).Select(n => n % 4 == 3 ? -1 : (n * 7919) % symbols)];
        Tensor expected = nn.functional.cross_entropy(
            nn.functional.linear(x, w, b), tensor(Array.ConvertAll(targets, target => (long)target)), ignore_index: -1, reduction: nn.Reduction.Sum,
            label_smoothing: smoothing);
        (expected / 3).backward();
        float[][] wanted = Array.ConvertAll<Tensor, float[]>([x, w, b], t => t.grad!.Span().ToArray());
        foreach (Tensor t in new[] { x, w, b }) t.grad!.zero_();
        Tensor actual = SymbolLossFunction.Apply(x, w, b, targets, smoothing, buffers, threads);
        (actual / 3).backward();
        Assert.Equal(expected.item<float>(), actual.item<float>(), 1e-5f * Math.Abs(expected.item<float>()));
        float[][] got = Array.ConvertAll<Tensor, float[]>([x, w, b], t => t.grad!.Span().ToArray());
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < wanted[i].Length; j++) Assert.Equal(wanted[i][j], got[i][j], 1e-4f * Math.Max(1, Math.Abs(wanted[i][j])));
    }

    [Fact]
    public void The_loss_of_a_tied_table_adds_both_gradients()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(7);
        using var buffers = new BufferPool();
        Tensor table = randn([9, 4], generator: random).requires_grad_(true), bias = zeros(9, ScalarType.Float32).requires_grad_(true);
        Tensor read = table.index_select(0, tensor([1L, 5L, 5L]));
        SymbolLossFunction.Apply(read.tanh(), table, bias, [5, 2, 8], 0, buffers).backward();
        float[] both = table.grad!.Span().ToArray();
        table.grad!.zero_();
        nn.functional.cross_entropy(nn.functional.linear(table.index_select(0, tensor([1L, 5L, 5L])).tanh(), table, bias), tensor([5L, 2L, 8L]),
            reduction: nn.Reduction.Sum).backward();
        float[] expected = table.grad!.Span().ToArray();
        for (int i = 0; i < both.Length; i++) Assert.Equal(expected[i], both[i], 1e-5f);
    }
}
