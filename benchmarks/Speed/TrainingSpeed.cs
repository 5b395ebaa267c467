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

/// <summary>Compares one epoch of this library with the same network in plain TorchSharp: padded batches, random order, stock Adam.</summary>
internal static class TrainingSpeed
{
    private const int BatchSize = 32;

    public static void Run(Workload workload, int rounds, int threads)
    {
        torch.set_num_threads(threads);
        RnnCell[] cells = [RnnCell.Lstm, RnnCell.Gru, RnnCell.GruResetAfter, RnnCell.Elman, RnnCell.MinGru];
        string title = $"Training, one epoch of {workload.Examples.Count:N0} rows, bidirectional 128 + 128, batches of {BatchSize}, {threads} thread(s)";
        Turns.Run(title, "tokens", rounds,
        [
            ("TorchSharp nn.LSTM: padded, random order, stock Adam", Plain(workload, isGru: false)),
            ("TorchSharp nn.GRU, the same", Plain(workload, isGru: true)),
            .. cells.Select(cell => ($"this library, {cell}", Ours(workload, cell, threads))),
        ]);
    }

    public static Func<double> Ours(Workload workload, RnnCell cell, int threads, bool isWide = false)
    {
        PooledNetwork network = workload.NewNetwork(threads, cell, isWide: isWide);
        int[] rows = [.. Enumerable.Range(0, workload.Examples.Count)];
        var options = new RnnTrainingOptions { BatchSize = BatchSize, MaxEpochs = 1 };
        var data = new TrainingData(workload.Examples, rows, workload.Examples, []);
        var task = new PooledTraining(network, new ClassificationObjective(labelSmoothing: 0), data);
        var log = new TrainingLog(((IHostEnvironment)new MLContext(1)).Register("speed").Start("training"), options);
        return () =>
        {
            using TorchThreads own = TorchThreads.For(threads, runsOnOwnThreads: true);
            new TrainingLoop(task, options, seed: 1, log, () => { }, new TrainingTime(null, TimeProvider.System)).Run();
            return workload.Tokens;
        };
    }

    private static Func<double> Plain(Workload workload, bool isGru)
    {
        var network = PlainNetwork.Of(workload, isGru);
        var optimizer = torch.optim.Adam(network.parameters(), 0.002);
        var random = new Random(1);
        return () => PlainEpoch(workload, network, optimizer, random);
    }

    private static double PlainEpoch(Workload workload, PlainNetwork network, torch.optim.Optimizer optimizer, Random random)
    {
        int[] order = [.. Enumerable.Range(0, workload.Examples.Count)];
        random.Shuffle(order);
        foreach (int[] batch in order.Chunk(BatchSize))
        {
            using DisposeScope scope = torch.NewDisposeScope();
            var padded = Sequences.PaddedBatch.From(workload.Examples.Sequences, batch);
            optimizer.zero_grad();
            torch.Tensor logits = network.call(torch.tensor(padded.Tokens, padded.Rows, padded.Steps));
            torch.nn.functional.cross_entropy(logits, torch.tensor(Array.ConvertAll(batch, row => (long)workload.Examples.Targets[row]))).backward();
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5);
            optimizer.step();
        }
        return workload.Tokens;
    }
}
