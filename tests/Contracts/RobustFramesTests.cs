using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>A sensor that drops out now and then, in a few of many frames, must not cost the accuracy of all others.</summary>
public class RobustFramesTests
{
    private const int FrameSize = 3, Steps = 20;
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(642_564f)]
    [InlineData(-1e30f)]
    public void A_tagger_is_as_accurate_as_without_them(float wild)
    {
        var options = new RnnSequenceTaggingOptions
        {
            InputColumnName = "Frames", FrameSize = FrameSize, LabelColumnName = "Tags",
            Network = new RnnTaggingNetworkOptions { HiddenSize = 8 },
            Training = new RnnTrainingOptions { MaxEpochs = 8, BatchSize = 4, LearningRate = 0.01f, Seed = 1, Threads = 1 },
        };
        double Accuracy(IDataView train) => _ml.MulticlassClassification.EvaluateSequenceTagging(
            _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(train).Transform(Rows(seed: 2)), "Tags").TokenAccuracy;
        double clean = Accuracy(Rows(seed: 1)), found = Accuracy(Rows(seed: 1, wild));
        Assert.True(clean > 0.9, $"{clean}");
        Assert.True(found > clean - 0.03, $"{found} instead of {clean}");
    }

    [Fact]
    public void A_regression_is_as_accurate_as_without_them_and_the_log_names_the_components()
    {
        var warnings = new List<string>();
        _ml.Log += (_, e) => warnings.Add(e.Message);
        var options = new RnnTextRegressionOptions
        {
            InputColumnName = "Frames", FrameSize = FrameSize, LabelColumnName = "Sum",
            Network = new RnnNetworkOptions { HiddenSize = 8 },
            Training = new RnnTrainingOptions { MaxEpochs = 8, BatchSize = 4, LearningRate = 0.01f, Seed = 1, Threads = 1 },
        };
        double RSquared(IDataView train) => _ml.Regression.Evaluate(_ml.Regression.Trainers.RnnTextRegression(options).Fit(train).Transform(Rows(seed: 2)), "Sum").RSquared;
        double clean = RSquared(Rows(seed: 1));
        Assert.DoesNotContain(warnings, warning => warning.Contains("outliers"));
        double found = RSquared(Rows(seed: 1, wild: 642_564));
        Assert.True(clean > 0.8, $"{clean}");
        Assert.True(found > clean - 0.05, $"{found} instead of {clean}");
        Assert.Contains(warnings, warning => warning.Contains("column 'Frames': 8 numbers are outliers of their component (component 0: 4, component 1: 4)"));
    }

    /// <summary>Two components of a slow wave and one of noise. A frame is up where the second is above 0.</summary>
    private IDataView Rows(int seed, float? wild = null)
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
            var row = new Row { Frames = frames, Tags = [.. Enumerable.Range(0, Steps).Select(t => frames[t * FrameSize + 1] > 0 ? "up" : "down")], Sum = frames.Where((_, k) => k % FrameSize == 1).Sum() };
            if (wild is { } value && i % 25 == 3) (frames[3], frames[4]) = (value, -value / 2);
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
