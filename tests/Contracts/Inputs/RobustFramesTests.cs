using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Outliers in a few of many frames, such as those of a failing sensor, do not reduce the accuracy on the other frames.</summary>
public class RobustFramesTests
{
    private const int FrameSize = 3, Steps = 20;
    private static readonly RnnTrainingOptions Training = new() { MaxEpochs = 8, BatchSize = 4, LearningRate = 0.01f, Seed = 1, Threads = 1 };
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(642_564f)]
    [InlineData(-1e30f)]
    public void A_tagger_is_as_accurate_as_without_outliers(float outlier)
    {
        var options = new RnnSequenceTaggingOptions
        {
            InputColumnName = "Frames",
            FrameSize = FrameSize,
            LabelColumnName = "Tags",
            Network = new RnnTaggingNetworkOptions { HiddenSize = 8 },
            Training = Training,
        };
        double Accuracy(IDataView train) => _ml.MulticlassClassification.EvaluateSequenceTagging(
            _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(train).Transform(Rows(seed: 2)), "Tags").TokenAccuracy;
        double clean = Accuracy(Rows(seed: 1)), robust = Accuracy(Rows(seed: 1, outlier));
        Assert.True(clean > 0.9, $"{clean}");
        Assert.True(robust > clean - 0.03, $"{robust} instead of {clean}");
    }

    [Fact]
    public void A_regression_is_as_accurate_as_without_outliers_and_the_log_names_the_components()
    {
        List<string> log = _ml.RecordLog();
        var options = new RnnTextRegressionOptions
        {
            InputColumnName = "Frames",
            FrameSize = FrameSize,
            LabelColumnName = "Sum",
            Network = new RnnNetworkOptions { HiddenSize = 8 },
            Training = Training,
        };
        double RSquared(IDataView train) => _ml.Regression.Evaluate(
            _ml.Regression.Trainers.RnnTextRegression(options).Fit(train).Transform(Rows(seed: 2)), "Sum").RSquared;
        double clean = RSquared(Rows(seed: 1));
        Assert.DoesNotContain(log, line => line.Contains("outliers"));
        double robust = RSquared(Rows(seed: 1, outlier: 642_564));
        Assert.True(clean > 0.8, $"{clean}");
        Assert.True(robust > clean - 0.05, $"{robust} instead of {clean}");
        const string Warning = "column 'Frames': 8 numbers are outliers of their component (component 0: 4, component 1: 4)";
        Assert.Contains(log, line => line.Contains(Warning));
    }

    /// <summary>Creates frames with two components of a slow wave and one of noise. The tag of a frame is "up" if the second component is above 0.</summary>
    private IDataView Rows(int seed, float? outlier = null)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i =>
        {
            double phase = random.NextDouble() * 7;
            var frames = new float[Steps * FrameSize];
            for (int t = 0; t < Steps; t++)
            {
                (frames[t * FrameSize], frames[t * FrameSize + 1]) = ((float)Math.Cos(phase + t / 5.0), (float)Math.Sin(phase + t / 5.0));
                frames[t * FrameSize + 2] = random.NextSingle();
            }
            float[] waves = [.. frames.Where((_, k) => k % FrameSize == 1)];
            var row = new Row { Frames = frames, Tags = [.. waves.Select(wave => wave > 0 ? "up" : "down")], Sum = waves.Sum() };
            if (outlier is { } value && i % 25 == 3) (frames[3], frames[4]) = (value, -value / 2);
            return row;
        }).ToArray());
    }

    private sealed class Row
    {
        [VectorType(Steps * FrameSize)]
        public float[] Frames { get; set; } = [];

        [VectorType(Steps)]
        public string[] Tags { get; set; } = [];

        public float Sum { get; set; }
    }
}
