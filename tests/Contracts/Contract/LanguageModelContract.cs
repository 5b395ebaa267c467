using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>The common part of the contracts for language models: names of some syllables. All columns of the model are created.</summary>
public abstract class LanguageModelContract : TrainerContract
{
    private static readonly string[] Syllables = ["an", "be", "cla", "do", "Ri", "lo"];

    internal static RnnLanguageModelOptions Tiny { get; } = new()
    {
        SymbolsColumnName = "Symbols",
        SymbolLogProbabilitiesColumnName = "Each",
        Network = new RnnLanguageNetworkOptions { EmbeddingSize = 8, HiddenSize = 24, Dropout = 0.1f },
        Training = RnnTextClassificationContract.TinyTraining,
    };

    public override Type Trainer => typeof(RnnLanguageModelTrainer);

    protected override string[] Inputs => ["Text"];

    protected override string[] Outputs => ["LogProbability", "Perplexity", "Symbols", "Each"];

    // The sum would hide a wrong symbol, and its rounding grows with its size.
    protected override string Score => "Each";

    protected override string NetworkPart => "Step.onnx";

    protected override string NoRows => "expected at least one row in the column 'Text', got none";

    /// <summary>A model that knows eight equally probable rows needs log 8 for each, in as many symbols as it has, the end included.</summary>
    protected override double Perfect => -8 * Math.Log(8) / Names(8).Sum(name => SymbolsOf(name) + 1);

    // Dropout, and a network that is not trained to the end.
    protected override double Tolerance => 0.05;

    protected abstract RnnLanguageModelOptions Options { get; }

    /// <summary>Returns the number of symbols of a name.</summary>
    protected abstract int SymbolsOf(string name);

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.Transforms.Text.RnnLanguageModel(change is null ? Options : Options with { Training = change(Options.Training) });

    /// <summary>Returns distinct names.</summary>
    internal static string[] Names(int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count).Select(i =>
            Syllables[i % 6] + Syllables[i / 6 % 6] + string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => Syllables[random.Next(6)])))];
    }

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.CopyColumns("Same", "Id");

    protected IDataView Drop(MLContext ml, string column) => ml.DropColumn(Model.Prepared, column);

    protected IDataView Copy(MLContext ml, string to, string from) => ml.CopyColumn(Model.Prepared, to, from);

    protected override double Quality(MLContext ml, IDataView scored) =>
        scored.GetColumn<float>("LogProbability").Sum(value => (double)value) / scored.GetColumn<float[]>("Each").Sum(symbols => symbols.Length);

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms() =>
        from cell in Enum.GetValues<RnnCell>()
        where cell != RnnCell.None
        from isTied in new[] { false, true }
        from norm in GradientNorms(Tiny.Network with { Layers = 2, Cell = cell, TiedEmbeddings = isTied, LockedDropout = cell == RnnCell.Gru })
        select ($"{cell}, tied {isTied}: {norm.Parameter}", norm.Norm);

    private static (string Parameter, double Norm)[] GradientNorms(RnnLanguageNetworkOptions options)
    {
        const int Symbols = 7;
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        var parameters = new ParameterSet(random);
        using var network = new LanguageModelNetwork(parameters, new SymbolEmbedding(parameters, Symbols, options), options, Symbols, threads: 1);
        var sequences = new SequenceStore();
        foreach (int[] row in new[] { new[] { 0, 2, 3, 4, 0 }, [0, 5, 6, 0], [0, 0] })
        {
            foreach (int symbol in row) sequences.Add(symbol);
            sequences.EndSequence();
        }
        SymbolSegment[] rows = [.. Enumerable.Range(0, 3).Select(i => new SymbolSegment(i, 0, sequences.Length(i) - 1))];
        NativeCallback.Backward(network.Loss(SymbolWindow.Of(sequences, rows, 0, 8), null, 0.1f, new ForwardMode(random)).Loss);
        return Norms(network.Parameters);
    }
}
