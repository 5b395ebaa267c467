using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>A language model of 65 symbols over a stream in 64 pieces, read in windows of 64 symbols: two LSTM layers of 256.</summary>
internal sealed class LanguageWorkload
{
    private const int Symbols = 65, Pieces = 64, Window = 64;

    private static readonly RnnLanguageNetworkOptions Network = new() { EmbeddingSize = 64, HiddenSize = 256, Layers = 2, Dropout = 0 };

    private readonly SequenceStore _stream = new();

    /// <param name="symbols">The number of symbols in the stream.</param>
    public LanguageWorkload(int symbols)
    {
        LibtorchLoader.EnsureLoaded();
        var random = new Random(1);
        for (int i = 0; i < symbols; i++) _stream.Add(random.Next(Symbols));
        _stream.EndSequence();
    }

    /// <summary>The symbols of the stream.</summary>
    public IEnumerable<int> Stream => _stream[0].ToArray();

    /// <summary>Returns an epoch of training in this library.</summary>
    public Func<double> Ours(int threads)
    {
        using var random = new torch.Generator(1);
        var parameters = new ParameterSet(random);
        var network = new LanguageModelNetwork(parameters, new SymbolEmbedding(parameters, Symbols, Network), Network, Symbols, threads);
        var options = new RnnTrainingOptions { BatchSize = Pieces, MaxEpochs = 1 };
        var symbols = new SymbolSet(_stream, isStream: true);
        var task = new LanguageModelTraining(network, symbols, null, new LanguageModelWindows(Window, LabelSmoothing: 0, Baseline: 0));
        var log = new TrainingLog(((IHostEnvironment)new MLContext(1)).Register("speed").Start("training"), options);
        return () =>
        {
            using TorchThreads own = TorchThreads.For(threads, runsOnOwnThreads: true);
            new TrainingLoop(task, options, seed: 1, log, () => { }, new TrainingTime(null, TimeProvider.System)).Run();
            return symbols.Predictions;
        };
    }
}
