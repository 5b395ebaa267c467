using MlNetRnn.Networks;

namespace MlNetRnn.Transforms.Tests.Networks.Steps;

public class ManagedStepNetworkTests
{
    public static TheoryData<string> Cells => [.. Enum.GetNames<StepCell>()];

    [Theory, MemberData(nameof(Cells))]
    public void Selected_rows_continue_the_rows_that_they_were(string cell)
    {
        StepNetworkWeights weights = RandomStepNetwork.Create(Enum.Parse<StepCell>(cell));
        using var network = new ManagedStepNetwork(weights, 3);
        Read(network, [1, 2, 3]);
        Read(network, [4, 5, 6]);
        network.Select([2, 0, 2]);
        float[][] actual = Read(network, [7, 7, 8]);
        Assert.Equal(After(weights, [3, 6, 7]), actual[0]);
        Assert.Equal(After(weights, [1, 4, 7]), actual[1]);
        Assert.Equal(After(weights, [3, 6, 8]), actual[2]);
        network.Select([1, 1, 0]);
        actual = Read(network, [9, 10, 11]);
        Assert.Equal(After(weights, [1, 4, 7, 9]), actual[0]);
        Assert.Equal(After(weights, [1, 4, 7, 10]), actual[1]);
        Assert.Equal(After(weights, [3, 6, 7, 11]), actual[2]);
    }

    [Fact]
    public void The_number_of_rows_can_change()
    {
        StepNetworkWeights weights = RandomStepNetwork.Create();
        using var network = new ManagedStepNetwork(weights, 1);
        Read(network, [1]);
        network.Select([0, 0, 0, 0, 0]);
        float[][] actual = Read(network, [2, 3, 4, 5, 6]);
        for (int row = 0; row < 5; row++) Assert.Equal(After(weights, [1, row + 2]), actual[row]);
        network.Select([4, 1]);
        Assert.Equal(2, network.Rows);
        actual = Read(network, [7, 8]);
        Assert.Equal(After(weights, [1, 6, 7]), actual[0]);
        Assert.Equal(After(weights, [1, 3, 8]), actual[1]);
        network.Select([1, 0, 1]);
        Assert.Equal(After(weights, [1, 3, 8, 11]), Read(network, [9, 10, 11])[2]);
    }

    /// <summary>A text that is sampled with a seed must not depend on what else is sampled at the same time.</summary>
    [Fact]
    public void The_results_of_a_row_do_not_depend_on_other_rows_or_threads()
    {
        StepNetworkWeights weights = RandomStepNetwork.Create(hidden: 200, symbols: 65);
        float[][] alone = [.. Enumerable.Range(0, 37).Select(row => Last(new ManagedStepNetwork(weights, 1), [row]))];
        foreach (int rows in new[] { 2, 3, 4, 7, 13, 37 })
        {
            // 37 rows of this network are enough for three threads.
            foreach (int threads in new[] { 1, 3 })
            {
                float[] together = Last(new ManagedStepNetwork(weights, rows, threads: threads), [.. Enumerable.Range(0, rows)]);
                Assert.Equal(alone.Take(rows).SelectMany(numbers => numbers), together);
            }
        }

        static float[] Last(ManagedStepNetwork network, int[] symbols)
        {
            var result = new float[symbols.Length * network.Symbols];
            for (int step = 0; step < 3; step++) network.Read([.. symbols.Select(symbol => (symbol + step) % 65)], result);
            return result;
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void Prompts_of_different_lengths_are_read(string cell)
    {
        StepNetworkWeights weights = RandomStepNetwork.Create(Enum.Parse<StepCell>(cell));
        using var network = new ManagedStepNetwork(weights, 4);
        network.ReadPrompts([new[] { 1, 2 }, Array.Empty<int>(), new[] { 3, 4, 5 }, new[] { 6 }]);
        float[][] actual = Read(network, [7, 8, 9, 10]);
        Assert.Equal(After(weights, [1, 2, 7]), actual[0]);
        Assert.Equal(After(weights, [8]), actual[1]);
        Assert.Equal(After(weights, [3, 4, 5, 9]), actual[2]);
        Assert.Equal(After(weights, [6, 10]), actual[3]);
    }

    [Theory, MemberData(nameof(Cells))]
    public void A_saved_state_continues_in_any_row_of_another_instance(string cell)
    {
        StepNetworkWeights weights = RandomStepNetwork.Create(Enum.Parse<StepCell>(cell));
        using var first = new ManagedStepNetwork(weights, 2, fingerprint: 7);
        Read(first, [1, 2]);
        Read(first, [3, 4]);
        byte[] state = first.Save(1);
        using var second = new ManagedStepNetwork(weights, 3, fingerprint: 7);
        Read(second, [5, 5, 5]);
        second.Restore(2, state);
        float[][] actual = Read(second, [6, 6, 6]);
        Assert.Equal(After(weights, [5, 6]), actual[0]);
        Assert.Equal(After(weights, [2, 4, 6]), actual[2]);
        Assert.Equal(After(weights, [2, 4, 6]), Read(first, [6, 6])[1]);
    }

    [Fact]
    public void The_state_of_another_model_is_refused()
    {
        byte[] state = new ManagedStepNetwork(RandomStepNetwork.Create(), 1, fingerprint: 7).Save(0);
        using var other = new ManagedStepNetwork(RandomStepNetwork.Create(), 1, fingerprint: 8);
        Assert.Equal(
            "State of a generator: expected the bytes that this model saved, got the state of another model. "
            + "Start without a state, or load the model that saved it.",
            Assert.Throws<FormatException>(() => other.Restore(0, state)).Message);
        using var wider = new ManagedStepNetwork(RandomStepNetwork.Create(hidden: 10), 1, fingerprint: 7);
        Assert.Contains("other layers", Assert.Throws<FormatException>(() => wider.Restore(0, state)).Message);
    }

    /// <summary>Every byte counts: a changed or missing one is noticed, and nothing changes.</summary>
    [Fact]
    public void A_damaged_state_is_refused()
    {
        StepNetworkWeights weights = RandomStepNetwork.Create();
        using var network = new ManagedStepNetwork(weights, 1);
        Read(network, [1]);
        byte[] state = network.Save(0);
        for (int i = 0; i < state.Length; i++)
        {
            byte[] damaged = [.. state];
            damaged[i] ^= 16;
            Assert.Throws<FormatException>(() => network.Restore(0, damaged));
            Assert.Throws<FormatException>(() => network.Restore(0, state.AsSpan(0, i)));
        }
        Assert.Throws<FormatException>(() => network.Restore(0, [.. state, 0]));
        Assert.Equal(After(weights, [1, 2]), Read(network, [2])[0]);
    }

    [Fact]
    public void Wrong_arguments_are_refused_and_change_nothing()
    {
        StepNetworkWeights weights = RandomStepNetwork.Create();
        using var network = new ManagedStepNetwork(weights, 2);
        var result = new float[2 * network.Symbols];
        Read(network, [1, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Read([3, network.Symbols], result));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Read([-1, 3], result));
        Assert.Throws<ArgumentException>(() => network.Read([3], result));
        Assert.Throws<ArgumentException>(() => network.Read([3, 4], result.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => network.Select([]));
        Assert.Throws<ArgumentException>(() => network.ReadPrompts([new[] { 1 }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.ReadPrompts([new[] { 1 }, new[] { 2, -1 }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Select([0, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Save(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ManagedStepNetwork(weights, 0));
        Assert.Equal(After(weights, [1, 5]), Read(network, [5, 6])[0]);
    }

    [Fact]
    public void Instances_on_many_threads_share_their_weights()
    {
        StepNetworkWeights weights = RandomStepNetwork.Create();
        float[] expected = After(weights, [1, 2, 3, 4, 5]);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Assert.Equal(expected, After(weights, [1, 2, 3, 4, 5])));
    }

    /// <summary>A server opens a generator per request, and nobody calls a finalizer.</summary>
    [Fact]
    public void Dropped_instances_cost_only_their_states()
    {
        StepNetworkWeights weights = RandomStepNetwork.Create(hidden: 256);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) After(weights, [1, 2]);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 30_000);
    }

    [Fact]
    public void Weights_that_are_not_numbers_stay_visible()
    {
        var network = new StepNetworkDescription(
            new WeightMatrix([1, float.NaN], 2, 1), [new StepLayerDescription(StepCell.Elman, StepActivation.Tanh, 1, new([1], 1, 1), new([1], 1, 1), [0, 0])],
            null, new LinearDescription(new WeightMatrix([1, 2], 2, 1), [0, 0]));
        Assert.All(After(new StepNetworkWeights(network), [0, 1, 0]), number => Assert.True(float.IsNaN(number)));
    }

    private static float[] After(StepNetworkWeights weights, int[] symbols)
    {
        using var network = new ManagedStepNetwork(weights, 1);
        float[] last = [];
        foreach (int symbol in symbols) last = Read(network, [symbol])[0];
        return last;
    }

    private static float[][] Read(ManagedStepNetwork network, int[] symbols)
    {
        var result = new float[network.Rows * network.Symbols];
        network.Read(symbols, result);
        return [.. result.Chunk(network.Symbols)];
    }
}
