using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Training loss and validation loss are the same quantity, so that both curves fit into one picture.</summary>
/// <remarks>
/// A learning rate near zero keeps the network unchanged during the epoch. Then the loss of the same rows is the same in training and in validation.
/// </remarks>
public class LossCurveTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(RnnTagDependency.None)]
    [InlineData(RnnTagDependency.Crf)]
    [InlineData(RnnTagDependency.PreviousTags)]
    public void Both_losses_of_a_tagger_are_means_over_steps(RnnTagDependency dependency)
    {
        IDataView rows = _ml.LoadRows(40, i => new TaggedRow
        {
            Tokens = Words(i),
            Label = [.. Enumerable.Range(0, 1 + i % 12).Select(t => i % 12 < 3 ? "a" : (i + t) % 7 < 3 ? "b" : "c")],
        });
        RnnTrainingProgress epoch = LastEpoch(training => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            InputColumnName = nameof(TaggedRow.Tokens),
            Network = new RnnTaggingNetworkOptions
            {
                HiddenSize = 8,
                EmbeddingSize = 8,
                Dropout = 0,
                WordDropout = 0,
                SingletonDropout = 0,
                Dependency = dependency,
            },
            Training = training with { ValidationSet = rows },
        }).Fit(rows));
        Assert.Equal(epoch.ValidationLoss!.Value, epoch.Loss, 1e-4);
    }

    [Fact]
    public void Both_losses_of_a_classifier_are_means_over_rows()
    {
        IDataView rows = _ml.MapToKeys(_ml.LoadRows(40, i => new LabeledText { Text = string.Join(' ', Words(i)), Label = i % 12 < 3 ? "short" : "long" }));
        RnnTrainingProgress epoch = LastEpoch(training => _ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions
        {
            Network = new RnnNetworkOptions { HiddenSize = 8, EmbeddingSize = 8, Dropout = 0, WordDropout = 0 },
            Training = training with { ValidationSet = rows },
        }).Fit(rows));
        Assert.Equal(epoch.ValidationLoss!.Value, epoch.Loss, 1e-4);
    }

    /// <summary>Rows of 1 to 12 words.</summary>
    private static string[] Words(int row) => [.. Enumerable.Range(0, 1 + row % 12).Select(t => $"w{(row + t) % 7}")];

    private static RnnTrainingProgress LastEpoch(Func<RnnTrainingOptions, ITransformer> fit)
    {
        RnnTrainingProgress? last = null;
        fit(new RnnTrainingOptions
        {
            MaxEpochs = 1,
            BatchSize = 3,
            LearningRate = 1e-9f,
            ExponentialMovingAverage = 0,
            Seed = 1,
            Threads = 1,
            Progress = new ProgressCallback(progress => last = progress.IsEndOfEpoch ? progress : last),
        });
        return last!;
    }

    private sealed class TaggedRow
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}
