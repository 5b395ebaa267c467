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

/// <summary>
/// Random pairs of sentences of 8 to 20 words, as those of Multi30k, with vocabularies of 6,000 symbols of natural frequencies; and the default network of a
/// translation model: GRU 256 + 256, additive attention, GRU 256.
/// </summary>
internal sealed class TranslationWorkload
{
    public const int Symbols = 6000, BatchSize = 64, Beam = 5, TranslationLength = 20;

    private const int Shortest = 8, Longest = 20;

    private static readonly RnnTranslationOptions Options = new()
    {
        SourceColumnName = nameof(TextRow.Text),
        LabelSmoothing = 0,
        Network = new RnnTranslationNetworkOptions { Dropout = 0 },
        Training = new RnnTrainingOptions { BatchSize = BatchSize, MaxEpochs = 1 },
        Decoding = new RnnTranslationDecodingOptions { BeamWidth = Beam, MaximumLength = TranslationLength },
    };

    private readonly PairSet _pairs = new(new SequenceStore(), new SequenceStore());

    /// <param name="count">The number of pairs.</param>
    public TranslationWorkload(int count)
    {
        LibtorchLoader.EnsureLoaded();
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            int length = random.Next(Shortest, Longest + 1);
            AddWords(_pairs.Source, length);
            _pairs.Target.Add(SymbolCodec.Boundary);
            AddWords(_pairs.Target, Math.Clamp(length + random.Next(-3, 4), Shortest, Longest));
        }

        void AddWords(SequenceStore store, int words)
        {
            // The k-th word is about 1/k as frequent as the first.
            const int Words = Symbols - SymbolCodec.FirstUnit;
            for (int i = 0; i < words; i++) store.Add(SymbolCodec.FirstUnit + (int)Math.Pow(Words, random.NextDouble()) - 1);
            store.Add(SymbolCodec.Boundary);
            store.EndSequence();
        }
    }

    /// <summary>The sources as sequences of symbols.</summary>
    public SequenceStore Sources => _pairs.Source;

    /// <summary>The pairs in the form that the peer reads.</summary>
    public IEnumerable<string> Lines => Enumerable.Range(0, _pairs.Count).Select(i => $"{Numbers(_pairs.Source[i])}\t{Numbers(_pairs.Target[i])}");

    /// <summary>Returns the text of a source.</summary>
    public string TextOf(int row) => string.Join(' ', _pairs.Source[row][..^1].ToArray().Select(symbol => $"w{symbol - SymbolCodec.FirstUnit}"));

    /// <summary>Returns an epoch of training in this library.</summary>
    public Func<double> Training(RnnCell cell, int threads)
    {
        TranslationNetwork network = NewNetwork(cell, threads);
        var data = new PairData(_pairs, [.. Enumerable.Range(0, _pairs.Count)], _pairs, []);
        var task = new TranslationTraining(network, data, Options, baseline: 0, translate: null);
        var log = new TrainingLog(((IHostEnvironment)new MLContext(1)).Register("speed").Start("training"), Options.Training);
        return () =>
        {
            using TorchThreads own = TorchThreads.For(threads, runsOnOwnThreads: true);
            new TrainingLoop(task, Options.Training, seed: 1, log, () => { }, new TrainingTime(null, TimeProvider.System)).Run();
            return _pairs.Predictions;
        };
    }

    /// <summary>
    /// Creates an untrained model, which translates as fast as a trained one. It never predicts the end, so that all translations have
    /// <see cref="TranslationLength"/> symbols.
    /// </summary>
    public static RnnTranslationTransformer NewModel()
    {
        using TranslationNetwork network = NewNetwork(RnnCell.Gru, threads: 1);
        var bias = new float[Symbols];
        bias[SymbolCodec.Boundary] = -1e4f;
        network.Begin(bias);
        var words = new Vocabulary(Enumerable.Range(0, Symbols - SymbolCodec.FirstUnit).Select(i => $"w{i}"));
        var codec = new TokenCodec(words, new SymbolSpec(RnnLanguageUnit.Whitespace));
        var spec = new TranslationSpec
        {
            Source = new SourceSpec(Options.SourceColumnName, "Text", Options.MaximumLength),
            TargetColumn = Options.TargetColumnName,
            Columns = Options.Columns,
            Decoding = Options.Decoding,
            Model = RecurrentTranslationModel.KindName,
            StateSize = Options.Network.SourceSize,
            HasAttention = true,
            Options = OptionsJson.Write(Options),
        };
        return new RnnTranslationTransformer(spec, new RecurrentTranslationModel(codec, codec, [network.ExportEncoder()], [network.ExportStep()], default));
    }

    private static TranslationNetwork NewNetwork(RnnCell cell, int threads)
    {
        using var random = new torch.Generator(1);
        var parameters = new ParameterSet(random);
        RnnTranslationNetworkOptions options = Options.Network with { Cell = cell };
        SymbolEmbedding Embedding(string part) => new(
            SymbolEmbedding.CreateTable(parameters.Within(part), Symbols, options.EmbeddingSize, isOutput: false), null, SymbolDropout.Of(options));
        return new TranslationNetwork(
            parameters, [new RecurrentEncoder(parameters.Within("encoder"), Embedding("encoder"), options, threads)],
            [new TranslationDecoder(parameters.Within("decoder"), parameters.Within("bridge"), Embedding("decoder"), options, threads)]);
    }

    private static string Numbers(ReadOnlySpan<int> symbols) =>
        string.Join(' ', symbols.ToArray().Select(symbol => symbol.ToString(CultureInfo.InvariantCulture)));
}
