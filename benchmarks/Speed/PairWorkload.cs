using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using MlNetRnn.Options;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using MlNetRnn.Training;
using MlNetRnn.Translation;
using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>Random pairs of a source and a sentence with words of natural frequencies, and an encoder-decoder network that learns them.</summary>
internal abstract class PairWorkload
{
    public const int BatchSize = 64, Beam = 5;

    protected PairWorkload() => LibtorchLoader.EnsureLoaded();

    /// <summary>The sources of the searches.</summary>
    public SequenceStore Sources => Pairs.Source;

    /// <summary>The pairs in the form that the peer reads.</summary>
    public abstract IEnumerable<string> Lines { get; }

    /// <summary>The number of symbols of the target vocabulary.</summary>
    public abstract int Symbols { get; }

    /// <summary>The number of symbols that a search finds.</summary>
    public abstract int FoundLength { get; }

    /// <summary>The pairs.</summary>
    protected abstract PairSet Pairs { get; }

    /// <summary>The options of the trainer.</summary>
    protected abstract RnnTranslationOptions Options { get; }

    /// <summary>Returns an epoch of training in this library.</summary>
    public Func<double> Training(RnnCell cell, int threads)
    {
        TranslationNetwork network = NewNetwork(cell, threads);
        var data = new PairData(Pairs, [.. Enumerable.Range(0, Pairs.Count)], Pairs, []);
        var task = new TranslationTraining(network, data, Options, baseline: 0, translate: null);
        var log = new TrainingLog(((IHostEnvironment)new MLContext(1)).Register("speed").Start("training"), Options.Training);
        return () =>
        {
            using TorchThreads own = TorchThreads.For(threads, runsOnOwnThreads: true);
            new TrainingLoop(task, Options.Training, seed: 1, log, () => { }, new TrainingTime(null, TimeProvider.System)).Run();
            return Pairs.Predictions;
        };
    }

    /// <summary>
    /// Creates an untrained model, which is as fast as a trained one. It never predicts the end, so that all searches find <see cref="FoundLength"/> symbols.
    /// </summary>
    public RnnTranslationTransformer NewModel()
    {
        using TranslationNetwork network = NewNetwork(RnnCell.Gru, threads: 1);
        var bias = new float[Symbols];
        bias[SymbolCodec.Boundary] = -1e4f;
        network.Begin(bias);
        var words = new Vocabulary(Enumerable.Range(0, Symbols - SymbolCodec.FirstUnit).Select(i => $"w{i}"));
        var codec = new TokenCodec(words, new SymbolSpec(RnnLanguageUnit.Whitespace));
        var spec = new TranslationSpec
        {
            Source = Source,
            TargetColumn = Options.TargetColumnName,
            Columns = Options.Columns,
            Decoding = Options.Decoding,
            Model = RecurrentTranslationModel.KindName,
            StateSize = Options.Network.SourceSize,
            HasAttention = true,
            Options = OptionsJson.Write(Options),
        };
        SymbolCodec? source = Source.FrameSize == 0 ? codec : null;
        return new RnnTranslationTransformer(
            spec, new RecurrentTranslationModel(source, codec, [network.ExportEncoder()], [network.ExportStep()], default));
    }

    /// <summary>How the model reads a source.</summary>
    protected abstract SourceSpec Source { get; }

    /// <summary>Creates the encoder.</summary>
    protected abstract SourceEncoder NewEncoder(ParameterSet parameters, RnnTranslationNetworkOptions options, int threads);

    /// <summary>Creates a table of the vectors of all symbols.</summary>
    protected SymbolEmbedding NewEmbedding(ParameterSet parameters, RnnTranslationNetworkOptions options) => new(
        SymbolEmbedding.CreateTable(parameters, Symbols, options.EmbeddingSize, isOutput: false), null, SymbolDropout.Of(options));

    /// <summary>Adds random words, and the end.</summary>
    protected void AddWords(SequenceStore store, Random random, int words)
    {
        // The k-th word is about 1/k as frequent as the first.
        int known = Symbols - SymbolCodec.FirstUnit;
        for (int i = 0; i < words; i++) store.Add(SymbolCodec.FirstUnit + (int)Math.Pow(known, random.NextDouble()) - 1);
        store.Add(SymbolCodec.Boundary);
        store.EndSequence();
    }

    /// <summary>Returns symbols as the peer reads them.</summary>
    protected static string Numbers(ReadOnlySpan<int> symbols) =>
        string.Join(' ', symbols.ToArray().Select(symbol => symbol.ToString(CultureInfo.InvariantCulture)));

    private TranslationNetwork NewNetwork(RnnCell cell, int threads)
    {
        using var random = new torch.Generator(1);
        var parameters = new ParameterSet(random);
        RnnTranslationNetworkOptions options = Options.Network with { Cell = cell };
        ParameterSet decoder = parameters.Within("decoder");
        return new TranslationNetwork(
            parameters, [NewEncoder(parameters.Within("encoder"), options, threads)],
            [new TranslationDecoder(decoder, parameters.Within("bridge"), NewEmbedding(decoder, options), options, threads)]);
    }
}
