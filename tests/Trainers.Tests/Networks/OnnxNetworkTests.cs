using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Tests;
using MlNetRnn.Trainers.Tests.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Networks;

public class OnnxNetworkTests
{
    private static readonly NetworkOutput Scores = new(NetworkSignature.Scores);

    [Fact]
    public void Using_a_closed_network_opens_it_again()
    {
        (OnnxNetwork network, SequenceStore rows) = Create();
        float[] expected = Run(network, rows);
        network.Close();
        network.Close();
        Assert.Equal(expected, Run(network, rows));
    }

    /// <summary>A run in progress keeps its session when the network is closed.</summary>
    [Fact]
    public void Closing_does_not_affect_runs_on_other_threads()
    {
        (OnnxNetwork network, SequenceStore rows) = Create();
        float[] expected = Run(network, rows);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (i % 8 == 0) network.Close();
            else Assert.Equal(expected, Run(network, rows));
        });
    }

    /// <summary>64 long rows with thousands of tags would need gigabytes.</summary>
    [Fact]
    public void The_size_of_a_block_is_limited_by_its_results_and_by_its_inputs()
    {
        SequenceStore tokens = new(), frames = new(frameSize: 4096);
        for (int t = 0; t < 10_000; t++) tokens.Add(2);
        tokens.EndSequence();
        for (int t = 0; t < 10_000; t++) frames.Add(new float[4096]);
        frames.EndSequence();
        Assert.False(IsFull(tokens, numbersPerStep: 50));
        Assert.True(IsFull(tokens, numbersPerStep: 10_000));
        Assert.False(IsFull(frames, numbersPerStep: 50));
        Assert.True(IsFull(frames, numbersPerStep: 4096));
    }

    private static bool IsFull(SequenceStore rows, int numbersPerStep) =>
        new OnnxNetwork([], default, new NetworkOutput(NetworkSignature.Emissions, OutputExtent.Step, numbersPerStep))
            .IsFull(new SequenceBlock(rows, [], null));

    private static (OnnxNetwork Network, SequenceStore Rows) Create()
    {
        using var random = new Generator(5);
        var options = new RnnNetworkOptions { EmbeddingSize = 10, HiddenSize = 21 };
        using var network = NewNetwork.Pooled(options, random,
            parameters => new Embedder(parameters, 40, options), (parameters, size) => new ClassificationHead(parameters, size, 4));
        return (new OnnxNetwork(network.Export(), default, Scores), TestBatch.Random(6, 40, 3, 1, 12));
    }

    private static float[] Run(OnnxNetwork network, SequenceStore rows)
    {
        var results = new RowValues();
        network.Run(TestBatch.Block(rows), [results]);
        return [.. Enumerable.Range(0, rows.Count).SelectMany(row => results[row].ToArray())];
    }
}
