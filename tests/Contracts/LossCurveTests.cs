using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The loss of the training rows and that of the validation rows are the same quantity: two curves in one picture.</summary>
public class LossCurveTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>A network that hardly learns has the same loss on the same rows, whether it learns from them or validates on them. Rows of 1 to 12 steps.</summary>
    [Theory]
    [InlineData(RnnTagDependency.None)]
    [InlineData(RnnTagDependency.Crf)]
    [InlineData(RnnTagDependency.PreviousTags)]
    public void Of_a_tagger_it_is_the_mean_over_steps(RnnTagDependency dependency)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new TaggedRow
        {
            Tokens = [.. Enumerable.Range(0, 1 + i % 12).Select(t => $"w{(i + t) % 7}")],
            Label = [.. Enumerable.Range(0, 1 + i % 12).Select(t => i % 12 < 3 ? "a" : (i + t) % 7 < 3 ? "b" : "c")],
        }).ToArray());
        RnnTrainingProgress last = Last(training => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            InputColumnName = nameof(TaggedRow.Tokens),
            Network = new RnnTaggingNetworkOptions { HiddenSize = 8, EmbeddingSize = 8, Dropout = 0, WordDropout = 0, SingletonDropout = 0, Dependency = dependency },
            Training = training with { ValidationSet = rows },
        }).Fit(rows));
        Assert.Equal(last.ValidationLoss!.Value, last.Loss, 1e-4);
    }

    [Fact]
    public void Of_a_classifier_it_is_the_mean_over_rows()
    {
        IDataView rows = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Texts()).Transform(Texts());
        RnnTrainingProgress last = Last(training => _ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions
        {
            Network = new RnnNetworkOptions { HiddenSize = 8, EmbeddingSize = 8, Dropout = 0, WordDropout = 0 },
            Training = training with { ValidationSet = rows },
        }).Fit(rows));
        Assert.Equal(last.ValidationLoss!.Value, last.Loss, 1e-4);
    }

    private IDataView Texts() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new TextRow
    {
        Text = string.Join(' ', Enumerable.Range(0, 1 + i % 12).Select(t => $"w{(i + t) % 7}")),
        Label = i % 12 < 3 ? "short" : "long",
    }).ToArray());

    private static RnnTrainingProgress Last(Func<RnnTrainingOptions, ITransformer> fit)
    {
        RnnTrainingProgress? last = null;
        fit(new RnnTrainingOptions
        {
            MaxEpochs = 1, BatchSize = 3, LearningRate = 1e-9f, ExponentialMovingAverage = 0, Seed = 1, Threads = 1,
            Progress = new Listener(progress => last = progress.IsEndOfEpoch ? progress : last),
        });
        return last!;
    }

    private sealed class Listener(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }

    private sealed class TaggedRow
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
