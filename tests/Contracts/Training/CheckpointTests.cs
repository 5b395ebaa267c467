using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>An interrupted training continues from its checkpoint and ends with the same model as an uninterrupted one.</summary>
public class CheckpointTests : TopicMessages
{
    private readonly IDataView _data;

    public CheckpointTests() => _data = KeyedData(i => $"{Topics[i % 3]} word{i % 7} word{i % 5}", rows: 60);

    // With batches this small, epochs after the first 300 steps count for the patience, and a plateau halves the learning rate.
    private static RnnTrainingOptions Training => Options.Training with
    {
        MaxEpochs = 16,
        BatchSize = 1,
        ValidationFraction = 0.3,
        ExponentialMovingAverage = 0.9f,
        Schedule = RnnLearningRateSchedule.Plateau,
        WeightDecay = 0.01f,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void A_training_that_failed_continues_and_ends_with_the_same_bytes(int lastEpoch)
    {
        using var folder = new TemporaryFolder();
        byte[] expected = Fit(Training);
        RnnTrainingOptions failing = Failing(folder, lastEpoch + 1);
        Assert.Throws<InvalidOperationException>(() => Fit(failing));
        Assert.Single(Checkpoints(folder));
        List<string> log = _ml.RecordLog();
        double smallestRate = double.PositiveInfinity;
        var progress = new ProgressCallback(report => smallestRate = Math.Min(smallestRate, report.LearningRate));
        Assert.Equal(expected, Fit(failing with { Progress = progress }));
        Assert.True(smallestRate < failing.LearningRate, "no plateau was reached");
        Assert.Contains(log, line => line.Contains($"resuming after epoch {lastEpoch} from"));
        Assert.Empty(Checkpoints(folder));
    }

    [Fact]
    public void A_training_whose_process_was_killed_continues_and_ends_with_the_same_model()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Repository.TrainInFreshProcess(folder.File("once.zip"), folder.File("once"), killAfterEpoch: 0));
        Assert.NotEqual(0, Repository.TrainInFreshProcess(folder.File("killed.zip"), folder.File("states"), killAfterEpoch: 3));
        Assert.False(File.Exists(folder.File("killed.zip")));
        Assert.Single(Checkpoints(folder));
        Assert.Equal(0, Repository.TrainInFreshProcess(folder.File("twice.zip"), folder.File("states"), killAfterEpoch: 0));
        Assert.Empty(Checkpoints(folder));
        Assert.Equal(Parts("once.zip"), Parts("twice.zip"));

        IEnumerable<string> Parts(string model) =>
            DamagedModel.Parts(File.ReadAllBytes(folder.File(model))).Select(part => $"{part.Name} {Convert.ToHexString(part.Content)}");
    }

    [Fact]
    public void Other_data_or_options_have_their_own_checkpoint()
    {
        using var folder = new TemporaryFolder();
        RnnTrainingOptions failing = Failing(folder, epoch: 2);
        Assert.Throws<InvalidOperationException>(() => Fit(failing));
        Assert.Throws<InvalidOperationException>(() => Fit(failing with { LearningRate = 0.02f }));
        Assert.Throws<InvalidOperationException>(() => Fit(failing, _ml.Data.TakeRows(_data, 50)));
        Assert.Equal(3, Checkpoints(folder).Length);
        // The number of threads does not change the result, so this training uses the first checkpoint and deletes it.
        Fit(failing with { Threads = 2, Progress = null });
        Assert.Equal(2, Checkpoints(folder).Length);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_with_advice()
    {
        using var folder = new TemporaryFolder();
        RnnTrainingOptions failing = Failing(folder, epoch: 2);
        Assert.Throws<InvalidOperationException>(() => Fit(failing));
        string file = Checkpoints(folder).Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        AssertThrows.With<FormatException>(() => Fit(failing), file, "delete it to start from the beginning");
    }

    private static string[] Checkpoints(TemporaryFolder folder) => Directory.GetFiles(folder.File("states"));

    /// <summary>Options whose progress callback throws at the first batch of an epoch.</summary>
    private static RnnTrainingOptions Failing(TemporaryFolder folder, int epoch) => Training with
    {
        CheckpointFolder = folder.File("states"),
        Progress = new ProgressCallback(report =>
        {
            if (report.Epoch == epoch && report.Batch == 1) throw new InvalidOperationException("interrupted");
        }),
    };

    private byte[] Fit(RnnTrainingOptions training, IDataView? data = null) =>
        Trainer(RnnTextClassificationContract.Tiny with { Training = training }).Fit(data ?? _data).Model.Network.Graph;
}
