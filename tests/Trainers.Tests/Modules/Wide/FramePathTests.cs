using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Sequences;
using MlNetRnn.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class FramePathTests
{
    private const int Tags = 3;

    private readonly SequenceStore _rows = new(frameSize: 2);

    public FramePathTests()
    {
        foreach (float[][] row in new float[][][] { [[9, 1], [12, 1]], [[float.NaN, 5]], [[11, -3], [8, 2], [float.NaN, float.NaN]] })
        {
            foreach (float[] frame in row) _rows.Add(frame);
            _rows.EndSequence();
        }
    }

    [Theory]
    [InlineData(RnnTagDependency.None)]
    [InlineData(RnnTagDependency.Crf)]
    [InlineData(RnnTagDependency.PreviousTags)]
    public void Torch_and_ONNX_agree_with_every_dependency(RnnTagDependency dependency)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(5);
        using TaggingNetwork network = Network(new RnnTaggingNetworkOptions { HiddenSize = 5, Dependency = dependency }, random);
        Assert.Equal(dependency != RnnTagDependency.PreviousTags, network.Parameters.All.Any(IsPath));
        PackedBatch batch = TestBatch.Packed(_rows);
        using var noGradients = no_grad();
        using Tensor emissions = network.Forward(batch, ForwardMode.Scoring);                          // [N,R]
        int width = (int)emissions.shape[1];
        var onnx = new RowValues();
        new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Emissions, OutputExtent.Step)).Run(TestBatch.Block(_rows), [onnx]);
        for (int b = 0; b < batch.Rows.Length; b++)
            for (int t = 0; t < batch.Lengths[b]; t++)
                for (int k = 0; k < width; k++)
                    Assert.Equal(emissions[batch.Position(b, t), k].item<float>(), onnx[batch.Rows[b]][t * width + k], 1e-4);
    }

    [Fact]
    public void The_emissions_are_the_mean_of_the_paths_and_can_be_sharpened()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(5);
        using TaggingNetwork network = Network(new RnnTaggingNetworkOptions { HiddenSize = 5 }, random);
        using var noGradients = no_grad();
        PackedBatch batch = TestBatch.Packed(_rows);
        float[] together = network.Forward(batch, ForwardMode.Scoring).data<float>().ToArray();
        (Tensor recurrent, Tensor? linear) = network.ForwardPaths(batch, ForwardMode.Scoring);
        float[] one = recurrent.data<float>().ToArray(), other = linear!.data<float>().ToArray();
        Assert.Contains(other, score => Math.Abs(score) > 1);
        for (int i = 0; i < together.Length; i++) Assert.Equal((one[i] + other[i]) / 2, together[i], 1e-4);
        network.Sharpen(0.5f);
        float[] halved = network.Forward(batch, ForwardMode.Scoring).data<float>().ToArray();
        for (int i = 0; i < together.Length; i++) Assert.Equal(together[i] / 2, halved[i], 1e-4);
    }

    [Fact]
    public void The_weights_with_the_lower_loss_are_kept()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(5);
        using TaggingNetwork network = Network(new RnnTaggingNetworkOptions { HiddenSize = 5 }, random, isValidated: true);
        using var noGradients = no_grad();
        PackedBatch batch = TestBatch.Packed(_rows);
        float[] before = network.Forward(batch, ForwardMode.Scoring).data<float>().ToArray();
        network.KeepBest(outputs => outputs(batch).abs().sum().item<float>());          // the kept weights are 0
        Assert.Equal(before, network.Forward(batch, ForwardMode.Scoring).data<float>().ToArray());
        network.KeepBest(outputs => -outputs(batch).abs().sum().item<float>());
        Assert.NotEqual(before, network.Forward(batch, ForwardMode.Scoring).data<float>().ToArray());
    }

    [Fact]
    public void A_network_can_be_restored_from_its_graph()
    {
        using var random = new Generator(5);
        var options = new RnnTaggingNetworkOptions { HiddenSize = 5 };
        using TaggingNetwork trained = Network(options, random), same = Network(options, random);
        byte[] graph = trained.Export();
        same.Parameters.Import(OnnxWeights.Read(graph));
        Assert.Equal(graph, same.Export());
    }

    [Fact]
    public void Words_and_an_option_that_is_off_have_no_path()
    {
        using var random = new Generator(5);
        var options = new RnnTaggingNetworkOptions { HiddenSize = 5, EmbeddingSize = 4 };
        using TaggingNetwork words = NewNetwork.Tagging(options, random, parameters => new Embedder(parameters, 9, options), Tags);
        using TaggingNetwork off = Network(options with { LinearPath = false }, random);
        Assert.DoesNotContain(words.Parameters.All.Concat(off.Parameters.All), IsPath);
    }

    private static bool IsPath(Parameter parameter) => parameter.Name.StartsWith("wide", StringComparison.Ordinal);

    private static TaggingNetwork Network(RnnTaggingNetworkOptions options, Generator random, bool isValidated = false)
    {
        TaggingNetwork network = NewNetwork.Tagging(
            options, random, parameters => new FrameInput(parameters, [10, -3], [2, 0.5f], [10, 20]), Tags, isValidated);
        foreach (Parameter parameter in network.Parameters.All.Where(parameter => IsPath(parameter) && !parameter.IsCopy))
        {
            Span<float> weights = parameter.Value.Span();
            for (int i = 0; i < weights.Length; i++) weights[i] = 0.1f * MathF.Sin(i + 1);
        }
        return network;
    }
}
