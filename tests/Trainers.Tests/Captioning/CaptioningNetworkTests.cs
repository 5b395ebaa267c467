using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Trainers.Tests.Translation;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Captioning;

/// <summary>The loss, the gradients and the graphs of networks whose source is a set of regions.</summary>
public class CaptioningNetworkTests
{
    private static readonly int[] All = [0, 1, 2, 3, 4];

    [Theory]
    [InlineData(RnnCell.Gru)]
    [InlineData(RnnCell.Lstm)]
    public void Kernel_equals_operators_in_loss_and_gradients(RnnCell cell)
    {
        foreach (RnnTranslationNetworkOptions options in CaptioningCase.Kinds(cell))
        {
            using TranslationNetwork network = CaptioningCase.Network(options);
            Dictionary<string, float[]> fast = Gradients(network, CaptioningCase.Shared());
            network.UsesOperators = true;
            AssertClose(Gradients(network, CaptioningCase.Shared()), fast, options);
        }
    }

    /// <summary>An image that several captions share is encoded once. Loss and gradients are those of an image for each caption.</summary>
    [Fact]
    public void A_shared_image_has_the_loss_and_the_gradients_of_its_copies()
    {
        foreach (RnnTranslationNetworkOptions options in CaptioningCase.Kinds(RnnCell.Gru))
        {
            using TranslationNetwork network = CaptioningCase.Network(options, threads: 2);
            AssertClose(Gradients(network, CaptioningCase.Copied()), Gradients(network, CaptioningCase.Shared()), options);
        }
    }

    /// <summary>Compares the gradients with differences of the loss, for several weights of each parameter: localization and sampling included.</summary>
    [Fact]
    public void Gradients_equal_differences_of_the_loss()
    {
        PairSet pairs = CaptioningCase.Shared();
        foreach (RnnTranslationNetworkOptions options in CaptioningCase.Kinds(RnnCell.Gru))
        {
            using TranslationNetwork network = CaptioningCase.Network(options, scale: 1);
            MoveBoxes(network);
            Dictionary<string, float[]> gradients = Gradients(network, pairs);
            foreach (Parameter parameter in network.Parameters.Trainable.Where(parameter => !parameter.IsTable))
            {
                int length = parameter.Value.Span().Length;
                foreach (int at in new[] { 0, length / 3, length - 1 })
                {
                    const float Step = 0.0005f;
                    float before = parameter.Value.Span()[at];
                    double above = At(before + Step), below = At(before - Step);
                    parameter.Value.Span()[at] = before;
                    // Bilinear sampling and rectified units have corners, and the loss is a float.
                    Assert.True(
                        Math.Abs((above - below) / (2 * Step) - gradients[parameter.Name][at]) < 2e-2,
                        $"{options.Attention}, {options.Regions!.IsDeformed}, {parameter.Name}: {(above - below) / (2 * Step)} and "
                        + $"{gradients[parameter.Name][at]}");

                    double At(float value)
                    {
                        parameter.Value.Span()[at] = value;
                        using DisposeScope scope = NewDisposeScope();
                        using var none = no_grad();
                        return network.Loss(PairBatch.Of(pairs, All), 0.1f, ForwardMode.Scoring).item<float>();
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(RnnCell.Gru)]
    [InlineData(RnnCell.Lstm)]
    public void Graphs_equal_the_network(RnnCell cell)
    {
        PairSet pairs = CaptioningCase.Copied();
        foreach (RnnTranslationNetworkOptions options in CaptioningCase.Kinds(cell))
        {
            using TranslationNetwork network = CaptioningCase.Network(options);
            MoveBoxes(network);
            EncodedSource[] sources = new EncoderNetwork(new OnnxSession(network.ExportEncoder(), default)).Encode(pairs.Source, All);
            byte[] step = network.ExportStep();
            float[][] expected = TranslationExportTests.Expected(network, pairs);
            using var managed = new ManagedDecoder(DecoderWeights.Find(step)!, sources);
            TranslationExportTests.AssertReads(managed, pairs, expected, options);
            using var onnx = new OnnxDecoder(new OnnxSession(step, default), TranslationCase.TargetSymbols, sources);
            TranslationExportTests.AssertReads(onnx, pairs, expected, options);
            Assert.All(sources, source => Assert.Equal(options.Regions!.IsDeformed ? 4 * source.Length : 0, source.Boxes.Length));
        }
    }

    /// <summary>Before training, the boxes are nearly those of three by three cells around each cell of the grid.</summary>
    [Fact]
    public void The_first_boxes_are_nearly_the_default_ones()
    {
        RnnTranslationNetworkOptions options = CaptioningCase.Kinds(RnnCell.Gru).First(kind => kind.Regions!.IsDeformed);
        using TranslationNetwork network = CaptioningCase.Network(options);
        EncodedSource source = new EncoderNetwork(new OnnxSession(network.ExportEncoder(), default)).Encode(CaptioningCase.Copied().Source, [0])[0];
        float[] expected =
        [
            .. Enumerable.Range(0, CaptioningCase.GridHeight).SelectMany(y => Enumerable.Range(0, CaptioningCase.GridWidth).SelectMany(x =>
                new[] { (x - 1f) / CaptioningCase.GridWidth, (y - 1f) / CaptioningCase.GridHeight, 1f, 3f / CaptioningCase.GridHeight })),
        ];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], source.Boxes[i], 0.1);
    }

    [Fact]
    public void Images_of_another_size_than_the_grid_are_refused()
    {
        RnnTranslationNetworkOptions options = CaptioningCase.Kinds(RnnCell.Gru).First(kind => kind.Regions!.IsDeformed);
        using TranslationNetwork network = CaptioningCase.Network(options);
        PairSet pairs = CaptioningCase.Shared();
        pairs.Source.FitLast(5);
        var error = Assert.Throws<InvalidOperationException>(() => network.Loss(PairBatch.Of(pairs, All), 0, ForwardMode.Scoring));
        Assert.Contains("expected 6 cells of a grid of 3 × 2, got 5 to 6", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Gives the boxes other places and sizes than the default ones, between the cells.</summary>
    private static void MoveBoxes(TranslationNetwork network)
    {
        foreach (Parameter parameter in network.Parameters.All.Where(parameter => parameter.Name.Contains("localization.box", StringComparison.Ordinal)))
        {
            Span<float> numbers = parameter.Value.Span();
            for (int i = 0; i < numbers.Length; i++) numbers[i] = 0.3f * MathF.Sin(i + 1);
        }
    }

    private static Dictionary<string, float[]> Gradients(TranslationNetwork network, PairSet pairs)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (Parameter parameter in network.Parameters.All) parameter.ClearGradient();
        using Tensor loss = network.Loss(PairBatch.Of(pairs, All), 0.1f, ForwardMode.Scoring);
        NativeCallback.Backward(loss);
        var result = new Dictionary<string, float[]> { ["loss"] = [loss.item<float>()] };
        foreach (Parameter parameter in network.Parameters.Trainable) result[parameter.Name] = parameter.Gradient!.Span().ToArray();
        return result;
    }

    private static void AssertClose(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual, RnnTranslationNetworkOptions options)
    {
        foreach ((string name, float[] numbers) in expected)
        {
            double scale = Math.Max(1, numbers.Max(MathF.Abs));
            for (int i = 0; i < numbers.Length; i++)
                Assert.True(
                    Math.Abs(numbers[i] - actual[name][i]) < 2e-5 * scale,
                    $"{options.Attention}, {options.Regions!.IsDeformed}, {name}[{i}]: {numbers[i]} and {actual[name][i]}");
        }
    }
}
