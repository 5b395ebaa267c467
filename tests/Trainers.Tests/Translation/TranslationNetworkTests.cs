using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Translation;

/// <summary>The loss and the gradients of an encoder-decoder.</summary>
public class TranslationNetworkTests
{
    public static TheoryData<RnnCell, int> Cells() => new()
    {
        { RnnCell.Gru, 1 }, { RnnCell.Gru, 3 }, { RnnCell.Lstm, 1 }, { RnnCell.Lstm, 2 }, { RnnCell.Elman, 1 }, { RnnCell.MinGru, 2 },
        { RnnCell.GruResetAfter, 1 },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Kernel_equals_operators_in_loss_and_gradients(RnnCell cell, int layers)
    {
        foreach (RnnTranslationNetworkOptions options in TranslationCase.Kinds(cell, layers))
        {
            using TranslationNetwork network = TranslationCase.Network(options, scale: 2);
            Dictionary<string, float[]> fast = Gradients(network);
            network.UsesOperators = true;
            Dictionary<string, float[]> slow = Gradients(network);
            AssertClose(slow, fast, options, 2e-5);
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_the_gradients()
    {
        foreach (RnnTranslationNetworkOptions options in TranslationCase.Kinds(RnnCell.Gru, 2))
        {
            using TranslationNetwork one = TranslationCase.Network(options), two = TranslationCase.Network(options, threads: 2);
            AssertClose(Gradients(one), Gradients(two), options, 1e-5);
        }
    }

    /// <summary>Compares the gradients with differences of the loss: an independent check of the whole network.</summary>
    [Fact]
    public void Gradients_equal_differences_of_the_loss()
    {
        PairSet pairs = TranslationCase.Pairs();
        foreach (RnnTranslationNetworkOptions options in TranslationCase.Kinds(RnnCell.Gru, 1))
        {
            using TranslationNetwork network = TranslationCase.Network(options, scale: 1.5f);
            Dictionary<string, float[]> gradients = Gradients(network);
            foreach (Parameter parameter in network.Parameters.All.Where(parameter => !parameter.IsTable))
            {
                int at = parameter.Value.Span().Length / 2;
                float before = parameter.Value.Span()[at];
                double above = At(before + 0.02f), below = At(before - 0.02f);
                parameter.Value.Span()[at] = before;
                Assert.True(
                    Math.Abs((above - below) / 0.04 - gradients[parameter.Name][at]) < 2e-2,
                    $"{options.Attention}, {parameter.Name}: {(above - below) / 0.04} and {gradients[parameter.Name][at]}");

                double At(float value)
                {
                    parameter.Value.Span()[at] = value;
                    using DisposeScope scope = NewDisposeScope();
                    using var none = no_grad();
                    return network.Loss(PairBatch.Of(pairs, [0, 1, 2, 3, 4, 5, 6]), 0.1f, ForwardMode.Scoring).item<float>();
                }
            }
        }
    }

    /// <summary>The decoder can be run in pieces: with the state between them, it computes the same.</summary>
    [Fact]
    public void Symbol_by_symbol_equals_all_at_once()
    {
        using DisposeScope scope = NewDisposeScope();
        using var none = no_grad();
        PairBatch batch = PairBatch.Of(TranslationCase.Pairs(), [0, 1, 2, 3, 4, 5, 6]);
        foreach (RnnTranslationNetworkOptions options in TranslationCase.Kinds(RnnCell.Lstm, 2))
        {
            using TranslationNetwork network = TranslationCase.Network(options, scale: 2);
            EncodedBatch encoded = network.Encode(batch, ForwardMode.Scoring);
            float[] whole = network.Decode(encoded, encoded.Initial, batch.Inputs, ForwardMode.Scoring).Outputs.Span().ToArray();
            RecurrentState[] state = encoded.Initial;
            var pieces = new List<float>();
            for (int t = 0; t < batch.Inputs.Steps; t++)
            {
                int rows = batch.Inputs.RowsAt[t];
                int[] symbols = batch.Inputs.Tokens[batch.Inputs.Offsets[t]..(batch.Inputs.Offsets[t] + rows)];
                PackedBatch step = PackedBatch.From([.. Enumerable.Range(0, rows)], [.. Enumerable.Repeat(1, rows)], row => symbols.AsSpan(row, 1));
                (Tensor outputs, state) = network.Decode(encoded, [.. state.Select(layer => layer.First(rows))], step, ForwardMode.Scoring);
                pieces.AddRange(outputs.Span());
            }
            for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i], pieces[i], 1e-5);
        }
    }

    private static Dictionary<string, float[]> Gradients(TranslationNetwork network)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (Parameter parameter in network.Parameters.All) parameter.ClearGradient();
        using Tensor loss = network.Loss(PairBatch.Of(TranslationCase.Pairs(), [0, 1, 2, 3, 4, 5, 6]), 0.1f, ForwardMode.Scoring);
        NativeCallback.Backward(loss);
        var result = new Dictionary<string, float[]> { ["loss"] = [loss.item<float>()] };
        foreach (Parameter parameter in network.Parameters.All) result[parameter.Name] = parameter.Gradient!.Span().ToArray();
        return result;
    }

    private static void AssertClose(
        Dictionary<string, float[]> expected, Dictionary<string, float[]> actual, RnnTranslationNetworkOptions options, double error)
    {
        foreach ((string name, float[] numbers) in expected)
        {
            double scale = Math.Max(1, numbers.Max(MathF.Abs));
            for (int i = 0; i < numbers.Length; i++)
                Assert.True(Math.Abs(numbers[i] - actual[name][i]) < error * scale, $"{options.Attention}, {name}[{i}]: {numbers[i]} and {actual[name][i]}");
        }
    }
}
