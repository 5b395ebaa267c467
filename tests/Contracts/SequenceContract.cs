using Microsoft.ML.Data;
using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Tests;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>What the contracts of the text trainers share: three topics with words of their own among fillers.</summary>
/// <typeparam name="TLabel">The type of the label column.</typeparam>
public abstract class SequenceContract<TLabel> : TrainerContract
{
    private static readonly string[][] Words = [["parcel", "courier", "late", "Tracking"], ["invoice", "charged", "twice", "VAT"], ["password", "login", "locked", "E-Mail"]];
    private static readonly string[] Fillers = ["my", "the", "is", "again", "please", "help", "with", "today", "!"];

    internal static RnnNetworkOptions TinyNetwork { get; } = new() { EmbeddingSize = 8, HiddenSize = 9, Dropout = 0.1f, WordDropout = 0.1f };

    internal static RnnTrainingOptions TinyTraining { get; } = new() { Seed = 1, Threads = 1, MaxEpochs = 2, BatchSize = 8, LearningRate = 0.01f, ValidationFraction = 0, WeightDecay = 0, ExponentialMovingAverage = 0 };

    protected override string Score => "Score";

    /// <summary>The label of each of the topics 0, 1 and 2.</summary>
    protected abstract TLabel LabelOf(int topic);

    /// <summary>The head of the network under test.</summary>
    private protected abstract PooledHead CreateHead(ParameterSet parameters, int size);

    protected override IDataView Data(MLContext ml, int rows)
    {
        var random = new Random(4);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Row
        {
            Id = i,
            Label = LabelOf(i % 3),
            Text = string.Join(' ', Enumerable.Range(0, random.Next(2, 12)).Select(_ => random.Next(2) == 0 ? Words[i % 3][random.Next(4)] : Fillers[random.Next(Fillers.Length)]).Append(Words[i % 3][i % 4])),
            Numbers = [i, -i, i / 2f],
            Weight = 0.5f + i % 2,
        }).ToArray());
    }

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.CopyColumns("Same", "Id");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Text"), ["input column 'Text'", "String"], true),
        (Copy(ml, "Text", "Id"), ["input column 'Text'", "String", "Single"], true),
        (Copy(ml, "Text", "Numbers"), ["input column 'Text'", "String", "Vector<Single"], true),
        .. WrongLabels(ml),
    ];

    /// <summary>Prepared data with a label that is missing or of a wrong type.</summary>
    protected abstract IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongLabels(MLContext ml);

    protected IDataView Drop(MLContext ml, string column) => ml.Transforms.DropColumns(column).Fit(Model.Prepared).Transform(Model.Prepared);

    protected IDataView Copy(MLContext ml, string to, string from) => ml.Transforms.CopyColumns(to, from).Fit(Model.Prepared).Transform(Model.Prepared);

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new[]
    {
        "", "   ", "parcel", "zzz qqq xxx", "parcel 😀👩‍👩‍👧 late", "\uD83D broken \uDE00", null, "\0\u0001", "İstanbul ıI", "parcel\tlate\nagain", "東京 は 雨",
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
        return [.. network.Parameters.Trainable.Select(p => (p.Name, (double)p.Gradient!.norm().item<float>()))];
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
