using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Training that is stopped early with OnCancel = KeepBest.</summary>
public class CancellationTests : TopicMessages
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void A_stopped_training_returns_the_best_model_so_far(double validationFraction)
    {
        IDataView data = KeyedData(i => Topics[i % 3]);
        RnnTransformer model = Fit(data, validationFraction, (progress, cancellation) =>
        {
            if (progress is { Epoch: 20, Batch: 1 }) cancellation.Cancel();
        });
        Assert.Equal(1, Rows.Accuracy(model.Transform(data)));
    }

    [Fact]
    public void Training_that_stops_before_the_first_epoch_ends_is_canceled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(KeyedData(i => Topics[i % 3]), 0, (_, cancellation) => cancellation.Cancel()));

    private RnnTransformer Fit(IDataView data, double validationFraction, Action<RnnTrainingProgress, CancellationTokenSource> onProgress)
    {
        using var cancellation = new CancellationTokenSource();
        RnnTrainingOptions training = Options.Training with
        {
            MaxEpochs = 1000,
            Patience = 1000,
            ValidationFraction = validationFraction,
            OnCancel = RnnOnCancel.KeepBest,
            CancellationToken = cancellation.Token,
            Progress = new ProgressCallback(progress => onProgress(progress, cancellation)),
        };
        return Trainer(Options with { Training = training }).Fit(data);
    }
}
