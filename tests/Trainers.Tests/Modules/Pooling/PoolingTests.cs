using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class PoolingTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    public void Max_pooling_equals_operators_in_values_and_gradients(int size)
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 1, 7, 3, 7));
        using var random = new Generator(3);
        Tensor states = randn([batch.Count, size], generator: random).requires_grad_(true), weights = randn([5, size], generator: random);
        Tensor fast = new MaxPooling().Forward(states, batch, directions: 1);
        float[] fastGradient = Gradient(fast), values = fast.Span().ToArray();
        Tensor slow = MaxPooling.ForwardWithOperators(states, batch);
        Assert.Equal(slow.Span().ToArray(), values);
        Assert.Equal(Gradient(slow), fastGradient);

        float[] Gradient(Tensor y)
        {
            states.grad?.zero_();
            (y * weights).sum().backward();
            return states.grad!.Span().ToArray();
        }
    }

    [Fact]
    public void The_last_state_is_that_of_the_last_token_of_each_row()
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 2, 3, 1));
        // State n is [n, 100 + n]: forward | backward.
        Tensor states = stack([arange(6, ScalarType.Float32), arange(100, 106, ScalarType.Float32)], 1);
        Tensor last = new LastPooling().Forward(states, batch, directions: 2);
        // Sorted rows have the lengths 3, 2, 1; tokens are packed as 0 1 2 | 3 4 | 5.
        Assert.Equal([5f, 100, 4, 101, 2, 102], last.contiguous().Span().ToArray());
    }
}
