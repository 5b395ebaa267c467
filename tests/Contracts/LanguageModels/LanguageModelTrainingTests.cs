using Microsoft.ML;
using MlNetRnn.Kernels;

namespace MlNetRnn.Contracts;

/// <summary>The training of a language model on a stream of rows: options, log, cancellation, checkpoints, devices.</summary>
public class LanguageModelTrainingTests : LanguageModelCase
{
    private static byte[] Graph(RnnLanguageModelTransformer model) => ((LanguageModels.RecurrentLanguageModel)model.Model).Graph;

    [Fact]
    public void All_faults_of_the_options_are_reported_at_once()
    {
        var options = new RnnLanguageModelOptions
        {
            InputColumnName = "",
            PerplexityColumnName = "LogProbability",
            BackpropagationSteps = -1,
            LabelSmoothing = 1,
            Unit = RnnLanguageUnit.Subword,
            MaximumVocabularySize = 10,
            Network = new RnnLanguageNetworkOptions { Layers = 9, Bidirectional = true, WordDropout = 0.1f },
            Training = new RnnTrainingOptions { BatchSize = 0 },
        };
        AssertThrows.With<ArgumentException>(() => _ml.Transforms.Text.RnnLanguageModel(options),
            "9 invalid option(s)", "InputColumnName", "PerplexityColumnName", "BackpropagationSteps: expected 0 to 100000, got -1", "LabelSmoothing",
            "MaximumVocabularySize: expected 256 or more", "Network.Layers: expected 1 to 8, got 9", "Bidirectional: expected false", "WordDropout: expected 0",
            "Training.BatchSize");
        Assert.Throws<ArgumentNullException>(() => _ml.Transforms.Text.RnnLanguageModel(null!));
    }

    [Fact]
    public void The_log_reports_symbols_epochs_and_the_held_out_part()
    {
        List<string> log = _ml.RecordLog();
        Fit(Joined with { Training = Joined.Training with { ValidationFraction = 0.2 } }, Lines);
        int symbols = Lines.Sum(line => line.Length + 1), heldOut = (int)(Lines.Sum(line => line.Length) * 0.2);
        string counts = Assert.Single(log, line => line.Contains("selecting the best epoch on"));
        int[] numbers = [.. counts.Split(' ', ';').Where(word => int.TryParse(word, out _)).Select(int.Parse)];
        // A boundary follows each row; the row that is divided has one in the held-out part.
        Assert.Equal(symbols, numbers[0] + numbers[1]);
        Assert.InRange(numbers[1], heldOut, heldOut + 15);
        Assert.Contains(log, line => line.Contains("epoch 2/2: loss"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void A_stopped_training_returns_the_best_model_so_far(double validationFraction)
    {
        using var cancellation = new CancellationTokenSource();
        RnnTrainingOptions training = Joined.Training with
        {
            MaxEpochs = 1000,
            Patience = 1000,
            ValidationFraction = validationFraction,
            OnCancel = RnnOnCancel.KeepBest,
            CancellationToken = cancellation.Token,
            Progress = new ProgressCallback(progress =>
            {
                if (progress is { Epoch: 8, Batch: 2 }) cancellation.Cancel();
            }),
        };
        RnnLanguageModelTransformer stopped = Fit(Joined with { Training = training }, Lines);
        Assert.True(Scores(stopped, Lines).Average() > Scores(Fit(Joined, Lines), Lines).Average());
    }

    [Fact]
    public void A_training_that_failed_continues_and_ends_with_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        RnnTrainingOptions training = Joined.Training with { MaxEpochs = 6, ValidationFraction = 0.3, ExponentialMovingAverage = 0.9f };
        byte[] expected = Graph(Fit(Joined with { Training = training }, Lines));
        RnnTrainingOptions failing = training with
        {
            CheckpointFolder = folder.File("states"),
            Progress = new ProgressCallback(report =>
            {
                if (report is { Epoch: 4, Batch: 2 }) throw new InvalidOperationException("interrupted");
            }),
        };
        Assert.Throws<InvalidOperationException>(() => Fit(Joined with { Training = failing }, Lines));
        // Other options and other data have checkpoints of their own.
        Assert.Throws<InvalidOperationException>(() => Fit(Joined with { Training = failing, BackpropagationSteps = 17 }, Lines));
        Assert.Throws<InvalidOperationException>(() => Fit(Joined with { Training = failing }, Lines[1..]));
        Assert.Equal(3, Directory.GetFiles(folder.File("states")).Length);
        List<string> log = _ml.RecordLog();
        Assert.Equal(expected, Graph(Fit(Joined with { Training = failing with { Progress = null } }, Lines)));
        Assert.Contains(log, line => line.Contains("resuming after epoch 3 from"));
        Assert.Equal(2, Directory.GetFiles(folder.File("states")).Length);
    }

    [Fact]
    public void A_training_whose_process_was_killed_continues_and_ends_with_the_same_model()
    {
        using var folder = new TemporaryFolder();
        int Train(string model, string states, int killAfterEpoch) =>
            Repository.TrainInFreshProcess(folder.File(model), folder.File(states), killAfterEpoch, "language");

        Assert.Equal(0, Train("once.zip", "once", 0));
        Assert.NotEqual(0, Train("killed.zip", "states", 3));
        Assert.False(File.Exists(folder.File("killed.zip")));
        Assert.Single(Directory.GetFiles(folder.File("states")));
        Assert.Equal(0, Train("twice.zip", "states", 0));
        Assert.Empty(Directory.GetFiles(folder.File("states")));
        Assert.Equal(Parts("once.zip"), Parts("twice.zip"));

        IEnumerable<string> Parts(string model) =>
            DamagedModel.Parts(File.ReadAllBytes(folder.File(model))).Select(part => $"{part.Name} {Convert.ToHexString(part.Content)}");
    }

    [Fact]
    public void A_GPU_that_does_not_exist_is_refused_or_replaced_by_the_CPU()
    {
        MLContext strict = new(1) { GpuDeviceId = 99, FallbackToCpu = false }, lenient = new(1) { GpuDeviceId = 99, FallbackToCpu = true };
        AssertThrows.With<InvalidOperationException>(() => strict.Transforms.Text.RnnLanguageModel(Joined).Fit(Data(Lines)),
            "GPU 99 (MLContext.GpuDeviceId): expected a CUDA device", "set FallbackToCpu");
        List<string> log = lenient.RecordLog();
        RnnLanguageModelTransformer model = lenient.Transforms.Text.RnnLanguageModel(Joined).Fit(Data(Lines)), onCpu = Fit(Joined, Lines);
        Assert.Contains(log, line => line.Contains("training on the CPU (FallbackToCpu)"));
        Assert.Equal(Scores(onCpu, Lines), Scores(model, Lines));
        byte[] saved = _ml.SaveToBytes(onCpu);
        Assert.Equal(Scores(onCpu, Lines), Scores(lenient.LoadFromBytes(saved), Lines));
        AssertThrows.With<InvalidOperationException>(() => Scores(strict.LoadFromBytes(saved), Lines), "Microsoft.ML.OnnxRuntime.Gpu");
    }

    /// <summary>To the bit with the matrix product of this library; that of libtorch may sum in another order.</summary>
    [Fact]
    public void The_number_of_threads_does_not_change_the_model()
    {
        RnnLanguageModelTransformer one = Fit(Joined, Lines), two = Fit(Joined with { Training = Joined.Training with { Threads = 2 } }, Lines);
        Assert.Equal(Graph(one), Graph(Fit(Joined, Lines)));
        if (MatrixProduct.Kernel == ProductKernel.Managed) Assert.Equal(Graph(one), Graph(two));
        float[] expected = Scores(one, Lines), actual = Scores(two, Lines);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-3);
    }
}
