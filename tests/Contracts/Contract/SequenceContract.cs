using Microsoft.ML.Data;
using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>The common part of the contracts for texts: three topics, each with its own words among fillers.</summary>
/// <typeparam name="TLabel">The type of the label column.</typeparam>
public abstract class SequenceContract<TLabel> : TrainerContract
{
    private static readonly string[][] Words =
    [
        ["parcel", "courier", "late", "Tracking"], ["invoice", "charged", "twice", "VAT"], ["password", "login", "locked", "E-Mail"],
    ];
    private static readonly string[] Fillers = ["my", "the", "is", "again", "please", "help", "with", "today", "!"];

    internal static RnnNetworkOptions TinyNetwork { get; } = new() { EmbeddingSize = 8, HiddenSize = 9, Dropout = 0.1f, WordDropout = 0.1f };

    internal static RnnTrainingOptions TinyTraining { get; } = new()
    {
        Seed = 1,
        Threads = 1,
        MaxEpochs = 2,
        BatchSize = 8,
        LearningRate = 0.01f,
        ValidationFraction = 0,
        WeightDecay = 0,
        ExponentialMovingAverage = 0,
    };

    protected override string Score => "Score";

    /// <summary>Returns the label of topic 0, 1 or 2.</summary>
    protected abstract TLabel LabelOf(int topic);

    /// <summary>Creates the head of the network under test.</summary>
    private protected abstract PooledHead CreateHead(ParameterSet parameters, int size);

    protected override IDataView Data(MLContext ml, int rows)
    {
        var random = new Random(4);
        string Word(int topic) => random.Next(2) == 0 ? Words[topic][random.Next(4)] : Fillers[random.Next(Fillers.Length)];
        return ml.LoadRows(rows, i => new Row
        {
            Id = i,
            Label = LabelOf(i % 3),
            Text = string.Join(' ', Enumerable.Range(0, random.Next(2, 12)).Select(_ => Word(i % 3)).Append(Words[i % 3][i % 4])),
            Numbers = [i, -i, i / 2f],
            Weight = 0.5f + i % 2,
        });
    }

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.CopyColumns("Same", "Id");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Text"), ["input column 'Text'", "String"], true),
        (Copy(ml, "Text", "Id"), ["input column 'Text'", "String", "Single"], true),
        (Copy(ml, "Text", "Numbers"), ["input column 'Text'", "String", "Vector<Single"], true),
        .. WrongLabels(ml),
    ];

    /// <summary>Returns prepared data with a label that is missing or of a wrong type, the parts of the message, and whether scoring reads the label.</summary>
    protected abstract IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongLabels(MLContext ml);

    protected IDataView Drop(MLContext ml, string column) => ml.DropColumn(Model.Prepared, column);

    protected IDataView Copy(MLContext ml, string to, string from) => ml.CopyColumn(Model.Prepared, to, from);

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new[]
    {
        "", "   ", "parcel", "zzz qqq xxx", "parcel 😀👩‍👩‍👧 late", "\uD83D broken \uDE00", null, "\0\u0001", "İstanbul ıI", "parcel\tlate\nagain",
        "東京 は 雨",
        string.Join(' ', Enumerable.Repeat("invoice", 3000)), new string('x', 100_000),
    }.Select((text, i) => new TextRow { Text = text! }));

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms() =>
        from cell in Enum.GetValues<RnnCell>()
        from pooling in Enum.GetValues<RnnPooling>()
        where cell != RnnCell.None || pooling is not (RnnPooling.Last or RnnPooling.LastMaxMean)
        from norm in GradientNorms(TinyNetwork with { Layers = 2, Cell = cell, Pooling = pooling, LockedDropout = cell == RnnCell.Gru })
        select ($"{cell}, {pooling}: {norm.Parameter}", norm.Norm);

    private (string Parameter, double Norm)[] GradientNorms(RnnNetworkOptions options)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        using var network = NewNetwork.Pooled(options, random, parameters => new Embedder(parameters, 10, options), CreateHead);
        var sequences = new SequenceStore();
        foreach (int[] row in new[] { new[] { 2, 3, 4 }, [5], [6, 7] })
        {
            foreach (int token in row) sequences.Add(token);
            sequences.EndSequence();
        }
        using torch.Tensor loss = network.Forward(PackedBatch.From(sequences, [0, 1, 2]), new ForwardMode(random)).square().sum();
        loss.backward();
        return Norms(network.Parameters);
    }

    private sealed class Row
    {
        public float Id { get; set; }

        public TLabel Label { get; set; } = default!;

        public string Text { get; set; } = "";

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];

        public float Weight { get; set; }
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";
    }
}
