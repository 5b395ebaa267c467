using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>The common part of the contracts for translation models: names are divided into syllables. All columns of the model are created.</summary>
public abstract class TranslationContract : TrainerContract
{
    /// <summary>The number of symbols of the source and of the target in the test of the gradients, and of target languages.</summary>
    private const int SourceSymbols = 7, TargetSymbols = 6, Languages = 2;

    private static readonly string[] Parts = ["an", "be", "cla", "do", "Ri", "lo"];

    internal static RnnTranslationOptions Tiny { get; } = new()
    {
        TargetColumnName = "Label",
        NBestColumnName = "NBest",
        NBestScoresColumnName = "NBestScores",
        SymbolsColumnName = "Symbols",
        SourceSymbolsColumnName = "SourceSymbols",
        AttentionColumnName = "Attention",
        EncoderStateColumnName = "EncoderState",
        EndColumnName = "End",
        Unit = RnnLanguageUnit.Character,
        TargetUnit = RnnLanguageUnit.Word,
        MinimumCount = 1,
        MaximumLength = 40,
        LabelSmoothing = 0.01f,
        Metric = RnnTranslationMetric.LogProbability,
        Decoding = new RnnTranslationDecodingOptions { BeamWidth = 3, NBest = 2, MaximumLength = 6 },
        Network = new RnnTranslationNetworkOptions { EmbeddingSize = 8, HiddenSize = 16, Dropout = 0.05f },
        Training = RnnTextClassificationContract.TinyTraining,
    };

    public override Type Trainer => typeof(RnnTranslationTrainer);

    protected override string[] Inputs => ["Source"];

    protected override string[] Outputs =>
        ["Translation", "Score", "NBest", "NBestScores", "Symbols", "SourceSymbols", "Attention", "EncoderState", "End"];

    protected override string Score => "NBestScores";

    protected override string NetworkPart => "Step.onnx";

    protected override string NoRows => "expected at least one pair with a source in column 'Source' and a target in column 'Label', got none";

    protected abstract RnnTranslationOptions Options { get; }

    /// <summary>The column of texts that contains the references.</summary>
    protected virtual string Reference => "Label";

    /// <summary>The kinds of networks whose gradients are tested.</summary>
    protected abstract IEnumerable<RnnTranslationNetworkOptions> Networks { get; }

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.Transforms.Text.RnnTranslation(change is null ? Options : Options with { Training = change(Options.Training) });

    /// <summary>Returns the four syllables of each of several names.</summary>
    internal static string[][] Syllables(int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count).Select(i => (string[])[Parts[i % 6], Parts[i / 6 % 6], .. random.GetItems(Parts, 2)])];
    }

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.CopyColumns("Same", "Id");

    protected IDataView Drop(MLContext ml, string column) => ml.DropColumn(Model.Prepared, column);

    protected IDataView Copy(MLContext ml, string to, string from) => ml.CopyColumn(Model.Prepared, to, from);

    protected override double Quality(MLContext ml, IDataView scored) => ml.Rnn().EvaluateTranslation(scored, Reference, Outputs[0]).ExactMatch;

    /// <summary>Computes BLEU of greedy translations of at most twice the length of the longest reference, as the training does.</summary>
    private protected double Bleu(MLContext ml, ITransformer model, IDataView rows)
    {
        int longest = rows.GetColumn<string>(Reference).Max(text => text.Split(' ').Length + 2);
        var options = new RnnTranslationDecodingOptions { BeamWidth = 1, MaximumLength = 2 * longest };
        ITransformer greedy = model is RnnCaptioningTransformer captioning
            ? captioning.WithDecoding(options)
            : ((RnnTranslationTransformer)model).WithDecoding(options);
        return ml.Rnn().EvaluateTranslation(greedy.Transform(rows), Reference, Outputs[0]).Bleu.Score;
    }

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms() =>
        from options in Networks
        from norm in GradientNorms(options)
        select ($"{options.Cell}, {options.Attention}, {options.InputFeeding}, {options.TiedEmbeddings}: {norm.Parameter}", norm.Norm);

    /// <summary>Creates the input layer of the source.</summary>
    private protected virtual InputLayer SourceLayer(ParameterSet encoder, RnnTranslationNetworkOptions options) =>
        new SymbolEmbedding(Table(encoder, SourceSymbols, options), null, SymbolDropout.Of(options));

    /// <summary>Returns two sources.</summary>
    private protected virtual SequenceStore Sources() => Store([2, 3, 4, 0], [5, 6, 1, 2, 0]);

    private protected static Parameter Table(ParameterSet parameters, int symbols, RnnTranslationNetworkOptions options, string name = "embedding") =>
        SymbolEmbedding.CreateTable(parameters, symbols, options.EmbeddingSize, isOutput: false, name);

    private protected static SequenceStore Store(params int[][] rows)
    {
        var store = new SequenceStore();
        foreach (int[] row in rows)
        {
            foreach (int symbol in row) store.Add(symbol);
            store.EndSequence();
        }
        return store;
    }

    /// <summary>Creates an input layer that reads tags of languages, and returns sources with tags.</summary>
    private protected static InputLayer TaggedLayer(ParameterSet encoder, RnnTranslationNetworkOptions options) =>
        new SymbolEmbedding(Table(encoder, SourceSymbols, options), Table(encoder, Languages, options, "tags"), SymbolDropout.Of(options));

    private protected static SequenceStore TaggedSources() => Store([SourceSymbols, 2, 3, 4, 0], [SourceSymbols + 1, 5, 6, 1, 0]);

    private (string Parameter, double Norm)[] GradientNorms(RnnTranslationNetworkOptions options)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        var parameters = new ParameterSet(random);
        InputLayer source = SourceLayer(parameters.Within("encoder"), options);
        Parameter target = SymbolEmbedding.CreateTable(parameters.Within("decoder"), TargetSymbols, options.EmbeddingSize, options.TiedEmbeddings);
        SourceEncoder encoder = SourceEncoders.Create(parameters.Within("encoder"), source, options, threads: 1);
        var decoder = new TranslationDecoder(
            parameters.Within("decoder"), parameters.Within("bridge"), new SymbolEmbedding(target, null, SymbolDropout.Of(options)), options, threads: 1);
        using var network = new TranslationNetwork(parameters, [encoder], [decoder]);
        var pairs = new PairSet(Sources(), Store([0, 2, 3, 4, 0], [0, 5, 1, 0]));
        NativeCallback.Backward(network.Loss(PairBatch.Of(pairs, [0, 1]), 0.1f, new ForwardMode(random)));
        return Norms(network.Parameters);
    }
}
