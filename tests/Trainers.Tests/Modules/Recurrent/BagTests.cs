using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class BagTests
{
    [Fact]
    public void A_bag_is_the_mean_of_its_words_through_a_perceptron_by_hand()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        var options = new RnnNetworkOptions { Cell = RnnCell.None, Pooling = RnnPooling.Mean, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        using var network = NewNetwork.Pooled(options, random,
            parameters => new Embedder(parameters, 4, options), (parameters, size) => new BinaryClassificationHead(parameters, size));
        var values = new Dictionary<string, float[]>
        {
            ["embedding"] = [0, 0, 9, 9, 1, 2, 3, -4],      // two words, after padding and unknown
            ["perceptron.0.weight"] = [1, 0.5f, -1, 2],
            ["perceptron.0.bias"] = [0.25f, 1],
            ["head.weight"] = [2, -3],
            ["head.bias"] = [0.5f],
        };
        Assert.Equal(values.Keys, network.Parameters.All.Select(parameter => parameter.Name));
        foreach (Parameter parameter in network.Parameters.All) parameter.Restore(values[parameter.Name]);
        var sequences = new SequenceStore();
        foreach (int token in new[] { 2, 3, 3, 2 }) sequences.Add(token);
        sequences.EndSequence();
        using var noGradients = no_grad();
        // The mean is (2, −1); hidden units: 2 − 0.5 + 0.25 = 1.75 and max(0, −2 − 2 + 1) = 0; the output: 2·1.75 + 0.5.
        Assert.Equal(4, network.Forward(PackedBatch.From(sequences, [0]), ForwardMode.Scoring).item<float>(), 1e-6);
    }
}
