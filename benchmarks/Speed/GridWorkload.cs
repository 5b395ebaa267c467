using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Sequences;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>Images of random pixels, and a two-dimensional network that classifies them.</summary>
internal sealed class GridWorkload
{
    /// <summary>Height and width of an image with the size of those of MNIST.</summary>
    public const int UsualSide = 28;

    public const int BatchSize = 32, Classes = 10;

    public static readonly RnnGridNetworkOptions Network = new() { Layers = 1, Dropout = 0 };

    private readonly int _side;

    public GridWorkload(int images, int side)
    {
        (_side, Images, Labels) = (side, new byte[images][], new int[images]);
        var random = new Random(1);
        for (int i = 0; i < images; i++)
        {
            random.NextBytes(Images[i] = new byte[side * side]);
            Labels[i] = random.Next(Classes);
        }
    }

    /// <summary>The pixels of each image, row by row.</summary>
    public byte[][] Images { get; }

    /// <summary>The class of each image.</summary>
    public int[] Labels { get; }

    /// <summary>Returns the training of an epoch with this library.</summary>
    public Func<double> Training(int threads, RnnGridNetworkOptions? options = null)
    {
        ExampleSet examples = Examples();
        int[] rows = [.. Enumerable.Range(0, Images.Length)];
        var training = new RnnTrainingOptions { BatchSize = BatchSize, MaxEpochs = 1 };
        var data = new TrainingData(examples, rows, examples, []);
        var task = new PooledTraining(NewNetwork(threads, options ?? Network), new ClassificationObjective(labelSmoothing: 0), data);
        var log = new TrainingLog(((IHostEnvironment)new MLContext(1)).Register("speed").Start("training"), training);
        return () =>
        {
            using TorchThreads own = TorchThreads.For(threads, runsOnOwnThreads: true);
            new TrainingLoop(task, training, seed: 1, log, () => { }, new TrainingTime(null, TimeProvider.System)).Run();
            return Images.Length;
        };
    }

    /// <summary>Returns the scoring of all images with ONNX Runtime.</summary>
    public Func<double> Scoring(RnnGridNetworkOptions? options = null)
    {
        byte[] graph;
        using (PooledNetwork network = NewNetwork(threads: 1, options ?? Network)) graph = network.Export();
        var scorer = new OnnxNetwork(graph, default, new NetworkOutput(NetworkSignature.Scores));
        var block = new SequenceBlock(Examples().Sequences, [], null);
        return () =>
        {
            scorer.Run(block, [new RowValues()]);
            return Images.Length;
        };
    }

    /// <summary>Writes the file of the peer.</summary>
    public void Write(string path)
    {
        using FileStream file = File.Create(path);
        for (int i = 0; i < Images.Length; i++)
        {
            file.WriteByte((byte)Labels[i]);
            file.Write(Images[i]);
        }
    }

    private static PooledNetwork NewNetwork(int threads, RnnGridNetworkOptions options)
    {
        var parameters = new ParameterSet(new torch.Generator(1));
        var input = new FrameInput(parameters, [127], [74], [10]);
        return new PooledNetwork(parameters, input, options.ToPooled(), threads, (set, size) => new ClassificationHead(set, size, Classes));
    }

    private ExampleSet Examples()
    {
        var store = new SequenceStore(frameSize: 1);
        var examples = new ExampleSet(store, [], isPerStep: false);
        for (int i = 0; i < Images.Length; i++)
        {
            foreach (byte pixel in Images[i]) store.Add([(float)pixel]);
            store.EndGrid(_side);
            examples.Targets.Add(Labels[i]);
        }
        return examples;
    }
}
