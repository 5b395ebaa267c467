using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Sequences;
using TorchSharp;

namespace MlNetRnn.Contracts;

public sealed class RnnTextClassificationContract : TrainerContract
{
    private static readonly string[] Labels = ["delivery", "billing", "account"];
    private static readonly string[][] Words = [["parcel", "courier", "late", "Tracking"], ["invoice", "charged", "twice", "VAT"], ["password", "login", "locked", "E-Mail"]];
    private static readonly string[] Fillers = ["my", "the", "is", "again", "please", "help", "with", "today", "!"];

    public override Type Trainer => typeof(RnnTextClassificationTrainer);

    protected override string[] Outputs => ["PredictedLabel", "Score"];

    protected override string Score => "Score";

    internal static RnnTextClassificationOptions Tiny { get; } = new()
    {
        Network = new RnnNetworkOptions { EmbeddingSize = 8, HiddenSize = 9, Dropout = 0.1f, WordDropout = 0.1f },
        Training = new RnnTrainingOptions { Seed = 1, Threads = 1, MaxEpochs = 2, BatchSize = 8, LearningRate = 0.01f, ValidationFraction = 0 },
    };

    protected override IEstimator<RnnTransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.MulticlassClassification.Trainers.RnnTextClassification(change is null ? Tiny : Tiny with { Training = change(Tiny.Training) });

    protected override IDataView Data(MLContext ml, int rows)
    {
        var random = new Random(4);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Row
        {
            Id = i,
            Label = Labels[i % 3],
            Text = string.Join(' ', Enumerable.Range(0, random.Next(2, 12)).Select(_ => random.Next(2) == 0 ? Words[i % 3][random.Next(4)] : Fillers[random.Next(Fillers.Length)]).Append(Words[i % 3][i % 4])),
            Numbers = [i, -i, i / 2f],
        }).ToArray());
    }

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml)
    {
        IDataView prepared = Model.Prepared;
        IDataView Drop(string column) => ml.Transforms.DropColumns(column).Fit(prepared).Transform(prepared);
        IDataView Copy(string to, string from) => ml.Transforms.CopyColumns(to, from).Fit(prepared).Transform(prepared);
        yield return (Drop("Text"), ["input column 'Text'", "String"], true);
        yield return (Copy("Text", "Id"), ["input column 'Text'", "String", "Single"], true);
        yield return (Copy("Text", "Numbers"), ["input column 'Text'", "String", "Vector<Single"], true);
        yield return (Drop("Label"), ["label column 'Label'", "Key"], false);
        yield return (Copy("Label", "Text"), ["label column 'Label'", "Key", "String", "MapValueToKey"], false);
        yield return (Copy("Label", "Id"), ["label column 'Label'", "Key", "Single"], false);
    }

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new[]
    {
        "", "   ", "parcel", "zzz qqq xxx", "parcel 😀👩‍👩‍👧 late", "\uD83D broken \uDE00", null, "\0\u0001", "İstanbul ıI", "parcel\tlate\nagain", "東京 は 雨",
        string.Join(' ', Enumerable.Repeat("invoice", 3000)), new string('x', 100_000),
    }.Select((text, i) => new TextRow { Text = text! }));

    protected override double Quality(MLContext ml, IDataView scored) => ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms() =>
        from cell in Enum.GetValues<RnnCell>()
        from pooling in Enum.GetValues<RnnPooling>()
        from norm in GradientNorms(Tiny.Network with { Layers = 2, Cell = cell, Pooling = pooling })
        select ($"{cell}, {pooling}: {norm.Parameter}", norm.Norm);

    private static (string Parameter, double Norm)[] GradientNorms(RnnNetworkOptions options)
    {
        using var random = new torch.Generator(1);
        using var network = new PooledNetwork(options, random, threads: 1, parameters => new Embedder(parameters, 10, options), (parameters, size) => new SoftmaxHead(parameters, size, 3));
        var sequences = new SequenceStore();
        foreach (int[] row in new[] { new[] { 2, 3, 4 }, [5], [6, 7] })
        {
            foreach (int token in row) sequences.Add(token);
            sequences.EndSequence();
        }
        using torch.Tensor loss = torch.nn.functional.cross_entropy(network.Forward(PackedBatch.From(sequences, [0, 1, 2]), new ForwardMode(random)), torch.tensor([0L, 1, 2]));
        loss.backward();
        return [.. network.Parameters.Trainable.Select(p => (p.Name, (double)p.Gradient!.norm().item<float>()))];
    }

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "";

        public string Text { get; set; } = "";

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";
    }
}
