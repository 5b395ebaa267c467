using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Models of grids in ensembles, with 8-bit weights, as ONNX, and as the start of a training.</summary>
public class GridModelTests
{
    private const int Side = 8;

    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;

    public GridModelTests()
    {
        var random = new Random(2);
        _data = _ml.MapToKeys(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row
        {
            Label = "abc"[i % 3].ToString(),
            Text = $"word{i % 3}",
            Pixels = [.. Enumerable.Range(0, Side * Side).Select(cell =>
                (i % 3) switch { 0 => cell % 2, 1 => cell / Side % 2, _ => cell / Side % 2 ^ cell % 2 } + 0.3f * random.NextSingle())],
        }).ToArray()));
    }

    [Theory]
    [InlineData(RnnGridLayer.MultiDimensional)]
    [InlineData(RnnGridLayer.ReNet)]
    public void A_quantized_model_is_smaller_and_predicts_nearly_the_same(RnnGridLayer layer)
    {
        RnnGridNetworkOptions network = Options.Network with { Layer = layer, HiddenSize = 40 };
        RnnTransformer model = Fit(Options with { Network = network, Training = Options.Training with { MaxEpochs = 12, LearningRate = 0.005f } });
        RnnQuantization small = _ml.Model.Quantize(model);
        Assert.True(small.BytesAfter < 0.6 * small.BytesBefore, $"{small.BytesAfter} of {small.BytesBefore} bytes");
        Rows.AssertClose(Rows.Scores(model.Transform(_data), "Score"), Rows.Scores(small.Model.Transform(_data), "Score"), 0.05);
        Assert.Equal(Rows.Of(model.Transform(_data), "PredictedLabel"), Rows.Of(small.Model.Transform(_data), "PredictedLabel"));
    }

    [Fact]
    public void An_ensemble_returns_the_mean_and_is_saved_as_one_model()
    {
        RnnTransformer[] members = [.. new[] { 1, 2 }.Select(seed => Fit(Options with { Training = Options.Training with { Seed = seed } }))];
        RnnEnsembleTransformer ensemble = _ml.Rnn().CreateEnsemble(members);
        float[][] first = Rows.Scores(members[0].Transform(_data), "Score"), second = Rows.Scores(members[1].Transform(_data), "Score");
        float[][] mean = [.. first.Zip(second, (a, b) => a.Zip(b, (x, y) => (x + y) / 2).ToArray())];
        Rows.AssertClose(mean, Rows.Scores(ensemble.Transform(_data), "Score"));
        Rows.AssertClose(mean, Rows.Scores(_ml.LoadFromBytes(_ml.SaveToBytes(ensemble)).Transform(_data), "Score"));
    }

    [Fact]
    public void The_ONNX_file_describes_the_width_of_the_grids()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("grid.onnx");
        Fit(Options).SaveAsOnnx(path);
        JsonNode described = JsonNode.Parse(File.ReadAllText(folder.File("grid.vocabulary.json")))!;
        Assert.StartsWith("int64 [1]: the width", described["inputs"]!["width"]!.GetValue<string>());
        Assert.Equal("Grid", described["reading"]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public void Training_continues_from_a_model_of_grids_but_not_from_one_of_texts()
    {
        RnnTransformer model = Fit(Options);
        // With a learning rate of nearly 0, the weights of the model stay as they are.
        RnnGridClassificationOptions more = Options with { Network = new(), Training = Options.Training with { MaxEpochs = 1, LearningRate = 1e-9f } };
        RnnTransformer continued = _ml.MulticlassClassification.Trainers.RnnGridClassification(more).ContinueFrom(model).Fit(_data);
        Rows.AssertClose(Rows.Scores(model.Transform(_data), "Score"), Rows.Scores(continued.Transform(_data), "Score"), 1e-4);

        RnnTransformer texts = _ml.MulticlassClassification.Trainers.RnnTextClassification(new() { Training = Options.Training }).Fit(_data);
        AssertThrows.With<ArgumentException>(
            () => _ml.MulticlassClassification.Trainers.RnnGridClassification(more).ContinueFrom(texts), "expected a model of grids, got one of sequences");
        AssertThrows.With<ArgumentException>(
            () => _ml.MulticlassClassification.Trainers.RnnTextClassification().ContinueFrom(model), "expected a model of sequences, got one of grids");
        AssertThrows.With<ArgumentException>(
            () => _ml.MulticlassClassification.Trainers.RnnGridClassification(more with { Network = new() { HiddenSize = 9 } }).ContinueFrom(model),
            "Network", "\"HiddenSize\":9", "\"HiddenSize\":6");
        AssertThrows.With<ArgumentException>(() => _ml.Regression.Trainers.RnnGridRegression().ContinueFrom(model), "expected a model of the task Regression");
    }

    [Fact]
    public void The_number_of_threads_does_not_change_the_model()
    {
        byte[] NetworkOf(int threads) => Fit(Options with { Training = Options.Training with { Threads = threads } }).Model.Network.Graph;
        byte[] one = NetworkOf(1);
        Assert.Equal(one, NetworkOf(2));
        Assert.Equal(one, NetworkOf(3));
    }

    [Fact]
    public void A_training_that_failed_continues_from_its_checkpoint_and_ends_with_the_same_model()
    {
        using var folder = new TemporaryFolder();
        RnnTrainingOptions training = Options.Training with { MaxEpochs = 4, CheckpointFolder = folder.FullName };
        byte[] expected = Fit(Options with { Training = training with { CheckpointFolder = null } }).Model.Network.Graph;
        var fails = new ProgressCallback(report => _ = report is { Epoch: 3, IsEndOfEpoch: false } ? throw new InvalidOperationException("power cut") : 0);
        Assert.Throws<InvalidOperationException>(() => Fit(Options with { Training = training with { Progress = fails } }));
        List<string> log = _ml.RecordLog();
        Assert.Equal(expected, Fit(Options with { Training = training }).Model.Network.Graph);
        Assert.Contains(log, line => line.Contains("resuming after epoch 2"));
    }

    [Fact]
    public void All_faults_of_the_options_are_reported_together()
    {
        RnnGridClassificationOptions wrong = Options with
        {
            SizeColumnName = "Size",
            Width = 3,
            AttentionColumnName = "Score",
            MaximumCells = 0,
            Network = new() { Directions = 3, Layer = RnnGridLayer.ReNet, Cell = RnnGridCell.StableLstm, Pooling = RnnPooling.Last, PatchHeight = 0 },
        };
        AssertThrows.With<ArgumentException>(
            () => _ml.MulticlassClassification.Trainers.RnnGridClassification(wrong),
            "SizeColumnName: expected null", "'Score' for both", "MaximumCells", "Directions: expected 1, 2 or 4, got 3", "only MultiDimensional supports it",
            "a grid has no last state", "PatchHeight", "only Attention has weights");
    }

    private static RnnGridClassificationOptions Options { get; } = new()
    {
        InputColumnName = "Pixels",
        Network = new() { HiddenSize = 6 },
        Training = new() { MaxEpochs = 2, ValidationFraction = 0, Threads = 1, Seed = 1, BatchSize = 8 },
    };

    private RnnTransformer Fit(RnnGridClassificationOptions options) => _ml.MulticlassClassification.Trainers.RnnGridClassification(options).Fit(_data);

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";

        [VectorType(Side, Side)]
        public float[] Pixels { get; set; } = [];
    }
}
