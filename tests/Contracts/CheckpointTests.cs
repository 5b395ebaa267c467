using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>A training that was broken off goes on, and ends as if it had never been.</summary>
public class CheckpointTests
{
    private readonly MLContext _ml = new(1);

    private RnnTextClassificationOptions Options => RnnTextClassificationContract.Tiny with
    {
        // Small batches: past the first 300 steps epochs count against the patience, and a plateau halves the step size.
        Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = 16, BatchSize = 1, ValidationFraction = 0.3, ExponentialMovingAverage = 0.9f, Schedule = RnnLearningRateSchedule.Plateau, WeightDecay = 0.01f },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void A_broken_training_ends_with_the_bytes_of_an_unbroken_one(int brokenIn)
    {
        using var folder = new TemporaryFolder();
        IDataView data = Data();
        byte[] expected = Fit(Options, data);
        RnnTextClassificationOptions broken = Options with { Training = Options.Training with { CheckpointFolder = folder.File("states"), Progress = new Breaks(brokenIn + 1) } };
        Assert.Throws<InvalidOperationException>(() => Fit(broken, data));
        Assert.Single(Directory.GetFiles(folder.File("states")));
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        var rates = new Rates();
        Assert.Equal(expected, Fit(broken with { Training = broken.Training with { Progress = rates } }, data));
        Assert.True(rates.Least < broken.Training.LearningRate, "no plateau was reached");
        Assert.Contains(log, line => line.Contains($"resuming after epoch {brokenIn} from"));
        Assert.Empty(Directory.GetFiles(folder.File("states")));
    }

    [Fact]
    public void A_killed_process_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Repository.TrainInFreshProcess(folder.File("once.zip"), folder.File("a"), killAfterEpoch: 0));
        Assert.NotEqual(0, Repository.TrainInFreshProcess(folder.File("never.zip"), folder.File("b"), killAfterEpoch: 3));
        Assert.False(File.Exists(folder.File("never.zip")));
        Assert.Equal(0, Repository.TrainInFreshProcess(folder.File("twice.zip"), folder.File("b"), killAfterEpoch: 0));
        Assert.Equal(DamagedModel.Parts(File.ReadAllBytes(folder.File("once.zip"))).Select(Text), DamagedModel.Parts(File.ReadAllBytes(folder.File("twice.zip"))).Select(Text));
        static string Text((string Name, byte[] Content) part) => $"{part.Name} {Convert.ToHexString(part.Content)}";
    }

    [Fact]
    public void Other_data_or_options_have_a_state_of_their_own()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Data();
        RnnTextClassificationOptions broken = Options with { Training = Options.Training with { CheckpointFolder = folder.File("states"), Progress = new Breaks(2) } };
        Assert.Throws<InvalidOperationException>(() => Fit(broken, data));
        Assert.Throws<InvalidOperationException>(() => Fit(broken with { Training = broken.Training with { LearningRate = 0.02f } }, data));
        Assert.Throws<InvalidOperationException>(() => Fit(broken, _ml.Data.TakeRows(data, 50)));
        Assert.Equal(3, Directory.GetFiles(folder.File("states")).Length);
        // The number of threads has no part in the result.
        Fit(broken with { Training = broken.Training with { Threads = 2, Progress = null } }, data);
        Assert.Equal(2, Directory.GetFiles(folder.File("states")).Length);
    }

    [Fact]
    public void A_damaged_state_is_refused_and_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        RnnTextClassificationOptions broken = Options with { Training = Options.Training with { CheckpointFolder = folder.File("states"), Progress = new Breaks(2) } };
        Assert.Throws<InvalidOperationException>(() => Fit(broken, Data()));
        string file = Directory.GetFiles(folder.File("states")).Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        var e = Assert.Throws<FormatException>(() => Fit(broken, Data()));
        Assert.Contains(file, e.Message);
        Assert.Contains("delete it to start from the beginning", e.Message);
    }

    private byte[] Fit(RnnTextClassificationOptions options, IDataView data)
    {
        using var stream = new MemoryStream();
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(data);
        return model.Model.Network.Graph;
    }

    private IDataView Data()
    {
        string[] words = ["late", "double", "locked"];
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row { Label = words[i % 3], Text = $"{words[i % 3]} word{i % 7} word{i % 5}" }).ToArray());
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
    }

    /// <summary>Throws at the first report of an epoch.</summary>
    private sealed class Breaks(int epoch) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value)
        {
            if (value.Epoch == epoch && value.Batch == 1) throw new InvalidOperationException("broken off");
        }
    }

    private sealed class Rates : IProgress<RnnTrainingProgress>
    {
        public double Least { get; private set; } = double.PositiveInfinity;

        public void Report(RnnTrainingProgress value) => Least = Math.Min(Least, value.LearningRate);
    }

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
