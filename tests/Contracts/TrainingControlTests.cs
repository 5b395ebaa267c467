using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Going on from a model, stopping early, weights, devices: what a user steers a training with.</summary>
public class TrainingControlTests
{
    private static readonly string[] Topics = ["late", "double", "locked"];
    private readonly MLContext _ml = new(1);

    private static RnnTextClassificationOptions Options { get; } = RnnTextClassificationContract.Tiny with { Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = 15 } };

    [Fact]
    public void Training_goes_on_from_a_loaded_model_with_new_words()
    {
        ITransformer keys = Keys();
        RnnTransformer first = Trainer(Options).Fit(keys.Transform(Data(i => $"{Topics[i % 3]} again")));
        using var stream = new MemoryStream();
        _ml.Model.Save(first, null, stream);
        stream.Position = 0;
        var loaded = (RnnTransformer)new MLContext().Model.Load(stream, out _);

        // The new data has words of its own; one epoch teaches them, and what was known stays known.
        IDataView fresh = keys.Transform(Data(i => $"{(i % 2 == 0 ? $"neu{i % 3}" : Topics[i % 3])} again"));
        var shortly = Options with { Training = Options.Training with { MaxEpochs = 6 } };
        RnnTransformer second = Trainer(shortly).ContinueFrom(loaded).Fit(fresh);
        Assert.Equal(first.VocabularySize + 3, second.VocabularySize);
        Assert.Equal(first.Model.Words.Main.Words, second.Model.Words.Main.Words.Take(first.VocabularySize));
        Assert.Equal(1, Accuracy(second, fresh));
        // The options that the model was made with are no contradiction, as they were and as they come back.
        RnnTextClassificationOptions bag = Options with { Network = Options.Network with { Cell = RnnCell.None } };
        Trainer(bag).ContinueFrom(Trainer(bag).Fit(fresh)).Fit(fresh);
        Assert.Equal(1, Accuracy(second, keys.Transform(Data(i => Topics[i % 3]))));
        // Without any step nothing changes: the learning rate is all but nothing.
        var still = Options with { Training = Options.Training with { MaxEpochs = 1, LearningRate = 1e-9f } };
        RnnTransformer same = Trainer(still).ContinueFrom(loaded).Fit(keys.Transform(Data(i => $"{Topics[i % 3]} again")));
        IDataView rows = Data(i => $"{Topics[i % 3]} again");
        Rows.AssertClose(Rows.Scores(first.Transform(rows), "Score"), Rows.Scores(same.Transform(rows), "Score"), 1e-4);
    }

    /// <summary>Its vocabulary was built with the older rules.</summary>
    [Fact]
    public void A_model_of_format_1_keeps_its_rules_for_words_when_it_is_trained_on()
    {
        ITransformer old = _ml.Model.Load(Path.Combine(Repository.Root, "tests", "Contracts", "Golden", "RnnTextRegressionTrainer.format1.zip"), out _);
        RnnTransformer first = old as RnnTransformer ?? ((IEnumerable<ITransformer>)old).OfType<RnnTransformer>().Single();
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(i => new NumberRow { Label = i % 3, Text = "par\u00ADcel" }).ToArray());
        RnnTransformer next = _ml.Regression.Trainers.RnnTextRegression(new RnnTextRegressionOptions { Training = RnnTextRegressionContract.TinyTraining with { MaxEpochs = 1 } }).ContinueFrom(first).Fit(rows);
        Assert.Equal(1, next.Model.Spec.Reading.WordRules);
        Assert.Contains("par\u00ADcel", next.Model.Words.Main.Words);
    }

    [Fact]
    public void Regression_goes_on_in_the_units_of_the_model()
    {
        IDataView Numbers(float offset) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new NumberRow { Label = offset + i % 3, Text = Topics[i % 3] }).ToArray());
        RnnTextRegressionOptions options = RnnTextRegressionContract.Tiny with { Training = RnnTextRegressionContract.TinyTraining with { MaxEpochs = 60, LearningRate = 0.02f } };
        RnnTransformer first = _ml.Regression.Trainers.RnnTextRegression(options).Fit(Numbers(100));
        RnnTransformer second = _ml.Regression.Trainers.RnnTextRegression(options).ContinueFrom(first).Fit(Numbers(102));
        Assert.Equal(102, Rows.Scores(second.Transform(Numbers(0)), "Score")[0][0], 0.5);
    }

    [Fact]
    public void A_model_of_something_else_is_no_start()
    {
        RnnTransformer model = Trainer(Options with { Training = Options.Training with { MaxEpochs = 1 } }).Fit(Keys().Transform(Data(i => Topics[i % 3])));
        Assert.Contains("ContinueFrom, task: expected a model of the task Regression, got one of Classification. Use the trainer of that task.",
            Assert.Throws<ArgumentException>(() => _ml.Regression.Trainers.RnnTextRegression().ContinueFrom(model)).Message);
        IDataView other = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Data(i => "x", i => $"other{i % 3}")).Transform(Data(i => "x", i => $"other{i % 3}"));
        Assert.Contains("ContinueFrom, classes: expected that of the model, late, double, locked, got other0, other1, other2", Assert.Throws<ArgumentException>(() => Trainer(Options).ContinueFrom(model).Fit(other)).Message);
        IDataView tokens = _ml.Transforms.Text.TokenizeIntoWords("Text").Fit(Data(i => "x")).Transform(Data(i => "x"));
        Assert.Contains("ContinueFrom, kind of input column: expected that of the model, Text, got Tokens", Assert.Throws<ArgumentException>(() => Trainer(Options).ContinueFrom(model).Fit(Keys().Transform(tokens))).Message);
        Assert.Contains("ContinueFrom, options Network: expected those of the model or the defaults",
            Assert.Throws<ArgumentException>(() => Trainer(Options with { Network = Options.Network with { HiddenSize = 100 } }).ContinueFrom(model)).Message);
        Assert.Throws<ArgumentNullException>(() => Trainer(Options).ContinueFrom(null!));
    }

    [Fact]
    public void Stopped_training_returns_the_best_so_far_where_it_is_told_to()
    {
        IDataView data = Keys().Transform(Data(i => Topics[i % 3]));
        foreach (double validation in new[] { 0, 0.3 })
        {
            using var cancellation = new CancellationTokenSource();
            RnnTrainingOptions training = Options.Training with
            {
                MaxEpochs = 1000,
                Patience = 1000,
                ValidationFraction = validation,
                OnCancel = RnnOnCancel.KeepBest,
                CancellationToken = cancellation.Token,
                Progress = new Reports(p => { if (p.Epoch == 20 && p.Batch == 1) cancellation.Cancel(); }),
            };
            RnnTransformer model = Trainer(Options with { Training = training }).Fit(data);
            Assert.Equal(1, Accuracy(model, data));
        }
        using var atOnce = new CancellationTokenSource();
        RnnTrainingOptions tooEarly = Options.Training with { OnCancel = RnnOnCancel.KeepBest, CancellationToken = atOnce.Token, Progress = new Reports(_ => atOnce.Cancel()) };
        Assert.ThrowsAny<OperationCanceledException>(() => Trainer(Options with { Training = tooEarly }).Fit(data));
    }

    [Fact]
    public void Weights_decide_between_rows_that_contradict_each_other()
    {
        // The same text is said to be of two classes; the weight of the row or of the class tips the scales.
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Contradictions()).Transform(Contradictions());
        string Answer(RnnTextClassificationOptions options)
        {
            IDataView scored = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(Trainer(options).Fit(data).Transform(data)).Transform(Trainer(options).Fit(data).Transform(data));
            return scored.GetColumn<string>("PredictedLabel").First();
        }

        Assert.Equal("rare", Answer(Options with { ExampleWeightColumnName = "Weight" }));
        Assert.Equal("often", Answer(Options));
        Assert.Equal("rare", Answer(Options with { ClassWeighting = RnnClassWeighting.Given, ClassWeights = new Dictionary<string, float> { ["rare"] = 10 } }));
        float balanced = Rows.Scores(Trainer(Options with { ClassWeighting = RnnClassWeighting.Balanced }).Fit(data).Transform(data), "Score")[0][0];
        Assert.Equal(0.5, balanced, 0.1);
        var e = Assert.Throws<ArgumentException>(() => Answer(Options with { ClassWeighting = RnnClassWeighting.Given, ClassWeights = new Dictionary<string, float> { ["rar"] = 10 } }));
        Assert.Contains("ClassWeights: expected names of classes (often, rare), got rar", e.Message);
    }

    [Fact]
    public void Rows_of_weight_nothing_are_left_out_and_bad_weights_refused()
    {
        IDataView Weighted(Func<int, float> weight)
        {
            IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new WeightedRow { Label = Topics[i % 2], Text = Topics[i % 2], Weight = weight(i) }).ToArray());
            return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        }

        RnnTextClassificationOptions options = Options with { ExampleWeightColumnName = "Weight" };
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        Trainer(options).Fit(Weighted(i => i < 5 ? 0 : 1));
        Assert.Contains(log, line => line.Contains("skipped 5 rows with weight 0"));
        Assert.Contains("Example weight in column 'Weight', row 7: expected a finite number, 0 or more, got -1", Assert.Throws<InvalidOperationException>(() => Trainer(options).Fit(Weighted(i => i == 7 ? -1 : 1))).Message);
        Assert.Contains("got NaN", Assert.Throws<InvalidOperationException>(() => Trainer(options).Fit(Weighted(_ => float.NaN))).Message);
        Assert.Contains("expected at least one row with a label, got none", Assert.Throws<InvalidOperationException>(() => Trainer(options).Fit(Weighted(_ => 0))).Message);
    }

    [Fact]
    public void A_gpu_that_is_not_there_is_refused_or_replaced()
    {
        IDataView data = Keys().Transform(Data(i => Topics[i % 3]));
        RnnTextClassificationOptions options = Options with { Training = Options.Training with { MaxEpochs = 1 } };
        var strict = new MLContext(1) { GpuDeviceId = 99, FallbackToCpu = false };
        var e = Assert.Throws<InvalidOperationException>(() => strict.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(data));
        Assert.Contains("GPU 99 (MLContext.GpuDeviceId): expected a CUDA device", e.Message);
        Assert.Contains("set FallbackToCpu", e.Message);

        var lenient = new MLContext(1) { GpuDeviceId = 99, FallbackToCpu = true };
        var log = new List<string>();
        lenient.Log += (_, e) => log.Add(e.Message);
        RnnTransformer model = lenient.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(data);
        Assert.Contains(log, line => line.Contains("training on the CPU (FallbackToCpu)"));
        string[] expected = Rows.Of(Trainer(options).Fit(data).Transform(data), "Score");
        Assert.Equal(expected, Rows.Of(model.Transform(data), "Score"));

        using var stream = new MemoryStream();
        _ml.Model.Save(model, null, stream);
        ITransformer Load(MLContext ml)
        {
            stream.Position = 0;
            return ml.Model.Load(stream, out _);
        }

        Assert.Equal(expected, Rows.Of(Load(lenient).Transform(data), "Score"));
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", Assert.Throws<InvalidOperationException>(() => Rows.Of(Load(strict).Transform(data), "Score")).Message);
    }

    [Fact]
    public void Calibration_makes_an_overconfident_model_modest()
    {
        // A third of the labels is wrong: a model that has learned the rest by heart is too sure of itself on the validation rows.
        var random = new Random(2);
        IDataView Noisy(int rows) => Keys().Transform(Data(i => $"{Topics[i % 3]} id{random.Next(10_000)}", i => Topics[random.Next(3) == 0 ? random.Next(3) : i % 3], rows));
        IDataView train = Noisy(120), validation = Noisy(120), test = Noisy(200);
        RnnTrainingOptions training = Options.Training with { MaxEpochs = 40, LearningRate = 0.02f, Patience = 40, ValidationSet = validation };
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        RnnTransformer model = Trainer(Options with { Training = training, Network = Options.Network with { Dropout = 0, WordDropout = 0 } }).Fit(train);
        string line = Assert.Single(log, line => line.Contains("probabilities calibrated on the validation rows, temperature"));
        Assert.True(double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture) > 1.1, line);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(model.Transform(test));
        Assert.True(metrics.LogLoss < 1.0986, $"log-loss {metrics.LogLoss}: worse than a guess");
    }

    [Fact]
    public void What_is_wrong_is_told_before_the_work()
    {
        IDataView unread = new CountingView(Keys().Transform(Data(i => Topics[i % 3])));
        Assert.Throws<FileNotFoundException>(() => Trainer(Options with { Text = new RnnTextOptions { PretrainedVectors = "nowhere.txt" } }).Fit(unread));
        Assert.Throws<ArgumentException>(() => Trainer(Options with { Training = Options.Training with { Seed = null, CheckpointFolder = "x" } }));
        Assert.ThrowsAny<IOException>(() => Trainer(Options with { Training = Options.Training with { CheckpointFolder = typeof(TrainingControlTests).Assembly.Location } }).Fit(unread));
        Assert.Throws<ArgumentException>(() => Trainer(Options with { ClassWeighting = RnnClassWeighting.Given, ClassWeights = new Dictionary<string, float> { ["x"] = 1 } }).Fit(unread));
        Assert.Equal(0, ((CountingView)unread).RowsRead);
    }

    private RnnTextClassificationTrainer Trainer(RnnTextClassificationOptions options) => _ml.MulticlassClassification.Trainers.RnnTextClassification(options);

    private ITransformer Keys() => _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Data(i => ""));

    private IDataView Data(Func<int, string> text, Func<int, string>? label = null, int rows = 30) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Row { Label = label is null ? Topics[i % 3] : label(i), Text = text(i) }).ToArray());

    private IDataView Contradictions() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new WeightedRow { Label = i % 4 == 3 ? "rare" : "often", Text = "the same", Weight = i % 4 == 3 ? 10 : 1 }).ToArray());

    private static double Accuracy(RnnTransformer model, IDataView data) => Rows.Of(model.Transform(data), "Label").Zip(Rows.Of(model.Transform(data), "PredictedLabel")).Average(p => p.First == p.Second ? 1 : 0);

    private sealed class Reports(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }

    private sealed class NumberRow
    {
        public float Label { get; set; }

        public string Text { get; set; } = "";
    }

    private sealed class WeightedRow
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";

        public float Weight { get; set; }
    }
}
