using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Wrong options are refused before any row is read.</summary>
public class EarlyValidationTests : TopicMessages
{
    private readonly CountingView _unread;

    public EarlyValidationTests() => _unread = new CountingView(KeyedData(i => Topics[i % 3]));

    [Fact]
    public void A_missing_file_of_vectors_is_refused() =>
        AssertRefused<FileNotFoundException>(Options with { Text = new RnnTextOptions { PretrainedVectors = "nowhere.txt" } });

    [Fact]
    public void A_checkpoint_folder_that_is_a_file_is_refused()
    {
        string file = typeof(EarlyValidationTests).Assembly.Location;
        AssertRefused<IOException>(Options with { Training = Options.Training with { CheckpointFolder = file } });
    }

    [Fact]
    public void Checkpoints_without_a_seed_are_refused() =>
        AssertRefused<ArgumentException>(Options with { Training = Options.Training with { Seed = null, CheckpointFolder = "x" } });

    [Fact]
    public void A_weight_for_an_unknown_class_is_refused() => AssertRefused<ArgumentException>(Options with
    {
        ClassWeighting = RnnClassWeighting.Given,
        ClassWeights = new Dictionary<string, float> { ["x"] = 1 },
    });

    private void AssertRefused<TException>(RnnTextClassificationOptions options) where TException : Exception
    {
        Assert.ThrowsAny<TException>(() => Trainer(options).Fit(_unread));
        Assert.Equal(0, _unread.RowsRead);
    }
}
