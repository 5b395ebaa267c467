using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Translation;

/// <summary>Scheduled sampling: which symbols the decoder reads.</summary>
public class TargetSamplerTests
{
    private const int Certain = 5;

    private static readonly RnnTranslationNetworkOptions Small = new() { Cell = RnnCell.Gru, HiddenSize = 6, EmbeddingSize = 5, Dropout = 0 };

    private static readonly int[] All = [0, 1, 2, 3, 4, 5, 6];

    private static PairBatch Batch => PairBatch.Of(TranslationCase.Pairs(), All);

    [Theory]
    [InlineData(RnnTargetSampling.Teacher)]
    [InlineData(RnnTargetSampling.Scheduled)]
    [InlineData(RnnTargetSampling.Uniform)]
    public void Probability_0_changes_nothing(RnnTargetSampling sampling)
    {
        PairBatch batch = Batch;
        Assert.Same(batch, Replace(batch, new() { Sampling = sampling, SamplingProbability = 0 }, progress: 1));
        // The schedule begins at 0.
        Assert.Same(batch, Replace(batch, new() { Sampling = sampling, SamplingProbability = 1 }, progress: 0));
    }

    [Theory]
    [InlineData(RnnTargetSampling.Always, 0)]
    [InlineData(RnnTargetSampling.Scheduled, 1)]
    public void Symbols_that_are_certain_replace_all_but_the_beginning(RnnTargetSampling sampling, double progress)
    {
        PairBatch batch = Batch, replaced = Replace(batch, new() { Sampling = sampling, SamplingProbability = 1 }, progress);
        Assert.Equal(batch.Targets, replaced.Targets);
        Assert.Equal(batch.Order, replaced.Order);
        Assert.Equal(batch.Inputs.Lengths, replaced.Inputs.Lengths);
        int first = batch.Inputs.RowsAt[0];
        Assert.All(replaced.Inputs.Tokens[..first], symbol => Assert.Equal(0, symbol));
        Assert.All(replaced.Inputs.Tokens[first..], symbol => Assert.Equal(Certain, symbol));
        Assert.Contains(batch.Inputs.Tokens[first..], symbol => symbol != Certain);
    }

    [Theory]
    [InlineData(RnnTargetSampling.Scheduled)]
    [InlineData(RnnTargetSampling.Uniform)]
    public void Each_symbol_has_a_coin_of_its_own(RnnTargetSampling sampling)
    {
        PairBatch batch = PairBatch.Of(LongPairs(), [0, 1, 2, 3]);
        PairBatch replaced = Replace(batch, new() { Sampling = sampling, SamplingProbability = 0.4f }, progress: 1);
        for (int row = 0; row < 4; row++)
        {
            // The true symbols are 2.
            int[] symbols = [.. Enumerable.Range(1, 400).Select(t => replaced.Inputs.Tokens[replaced.Inputs.Position(row, t)])];
            double changed = symbols.Count(symbol => symbol != 2) / 400.0;
            // A uniform symbol is the true one with probability 1/8.
            Assert.InRange(changed, sampling == RnnTargetSampling.Uniform ? 0.25 : 0.3, 0.5);
            int runs = Enumerable.Range(1, 399).Count(t => symbols[t] == 2 != (symbols[t - 1] == 2));
            Assert.InRange(runs, 120, 280);
            if (sampling == RnnTargetSampling.Uniform)
                Assert.Equal(Enumerable.Range(1, TranslationCase.TargetSymbols - 1), symbols.Distinct().Order());
        }
    }

    [Fact]
    public void The_same_random_numbers_give_the_same_symbols()
    {
        var options = new RnnTranslationOptions { Sampling = RnnTargetSampling.Uniform, SamplingProbability = 0.5f };
        int[] Tokens(int seed) => Replace(Batch, options, 1, seed).Inputs.Tokens;
        Assert.Equal(Tokens(1), Tokens(1));
        Assert.NotEqual(Tokens(1), Tokens(2));
    }

    /// <summary>The distribution of the second symbol, drawn many times, is that of the model after the symbol that was drawn first.</summary>
    [Fact]
    public void Symbols_are_drawn_from_the_predictions_after_the_symbols_that_were_chosen()
    {
        const int Count = 4000;
        using TranslationNetwork network = TranslationCase.Network(Small, scale: 3);
        var options = new RnnTranslationOptions { Sampling = RnnTargetSampling.Always };
        PairBatch batch = PairBatch.Of(EqualPairs(Count), [.. Enumerable.Range(0, Count)]);
        using var random = new Generator(1);
        int[] drawn = new TargetSampler(network, options).Replace(batch, new ForwardMode(random)).Inputs.Tokens;
        int[] first = drawn[Count..(2 * Count)], second = drawn[(2 * Count)..(3 * Count)];
        int common = first.GroupBy(symbol => symbol).MaxBy(group => group.Count())!.Key;
        Assert.True(first.Count(symbol => symbol == common) > 400);
        AssertDrawn(After(network, []), first);
        AssertDrawn(After(network, [common]), [.. second.Where((_, row) => first[row] == common)]);

        static void AssertDrawn(float[] probabilities, int[] drawn)
        {
            for (int symbol = 0; symbol < probabilities.Length; symbol++)
                Assert.Equal(probabilities[symbol], drawn.Count(own => own == symbol) / (double)drawn.Length, 0.08);
        }
    }

    private static PairBatch Replace(PairBatch batch, RnnTranslationOptions options, double progress, int seed = 1)
    {
        using TranslationNetwork network = TranslationCase.Network(Small);
        Parameter bias = network.Parameters.All.Single(parameter => parameter.Name == "decoder.output.bias");
        bias.Value.Span()[Certain] = 1000;
        using var random = new Generator((ulong)seed);
        return new TargetSampler(network, options).Replace(batch, new ForwardMode(random) { Progress = progress });
    }

    /// <summary>Returns the probabilities of the symbol after some symbols.</summary>
    private static float[] After(TranslationNetwork network, int[] symbols)
    {
        using DisposeScope scope = NewDisposeScope();
        using var none = no_grad();
        PairBatch batch = PairBatch.Of(EqualPairs(1), [0]);
        EncodedBatch encoded = network.Encode(batch, ForwardMode.Scoring);
        int[] read = [0, .. symbols];
        PackedBatch inputs = PackedBatch.From([0], [read.Length], _ => read);
        (Tensor outputs, _) = network.Decode(encoded, encoded.Initial, inputs, ForwardMode.Scoring);
        return network.Logits(outputs).softmax(1).Span()[^TranslationCase.TargetSymbols..].ToArray();
    }

    private static PairSet EqualPairs(int count)
    {
        var pairs = new PairSet(new(), new());
        for (int i = 0; i < count; i++) Add(pairs, [1, 2, 3], 3);
        return pairs;
    }

    private static PairSet LongPairs()
    {
        var pairs = new PairSet(new(), new());
        for (int i = 0; i < 4; i++) Add(pairs, [1 + i], 400);
        return pairs;
    }

    private static void Add(PairSet pairs, int[] source, int length)
    {
        foreach (int symbol in source) pairs.Source.Add(symbol);
        pairs.Source.EndSequence();
        pairs.Target.Add(0);
        for (int i = 0; i < length; i++) pairs.Target.Add(2);
        pairs.Target.Add(0);
        pairs.Target.EndSequence();
    }
}
