using System.Reflection;
using Microsoft.ML;
using TorchSharp;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C22_A_canceled_training_stops_within_a_batch()
    {
        using var cancellation = new CancellationTokenSource();
        int batches = 0;
        var progress = new ProgressCallback(_ =>
        {
            batches++;
            cancellation.Cancel();
        });
        IEstimator<ITransformer> trainer = Create(Model.Ml, t => t with { CancellationToken = cancellation.Token, Progress = progress, BatchSize = 4 });
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(Model.Prepared));
        Assert.Equal(1, batches);
    }

    [Fact]
    public void C22_MLContext_cancels_the_training()
    {
        var ml = new MLContext(1);
        IEstimator<ITransformer> trainer = Create(ml, t => t with { BatchSize = 4, Progress = new ProgressCallback(_ => Cancel(ml)) });
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(Model.Prepared));
    }

    [Fact]
    public void C22_Progress_and_log_report_every_batch_and_epoch()
    {
        var ml = new MLContext(1);
        List<string> log = ml.RecordLog();
        var reports = new List<RnnTrainingProgress>();
        Create(ml, t => t with { BatchSize = 16, Progress = new ProgressCallback(reports.Add), ValidationFraction = 0.2 }).Fit(Model.Prepared);
        RnnTrainingProgress[] epochs = [.. reports.Where(r => r.IsEndOfEpoch)];
        Assert.Equal(Enumerable.Repeat<int[]>([1, 2], Trainings).SelectMany(epoch => epoch), epochs.Select(r => r.Epoch));
        int batches = 3 * StepsPerBatch;                                                                         // 48 rows in batches of 16
        IEnumerable<int> expected = Enumerable.Repeat(Enumerable.Range(1, batches), Trainings).SelectMany(batch => batch);
        Assert.Equal(expected, reports.Where(r => !r.IsEndOfEpoch && r.Epoch == 1).Select(r => r.Batch));
        Assert.All(reports, r => Assert.True(r is { Loss: > 0, GradientNorm: > 0, TokensPerSecond: > 0, MaxEpochs: 2 }));
        Assert.All(reports, r => Assert.Equal(batches, r.Batches));
        Assert.All(reports, r => Assert.True(r.TimeLeft >= TimeSpan.Zero));
        Assert.All(epochs, r => Assert.True(r is { ValidationLoss: > 0, ValidationMetric: not null and not double.NaN, MetricName.Length: > 0 }));
        Assert.Contains(log, line => line.Contains("epoch 2/2: loss"));
    }

    [Fact]
    public void C24_No_tensor_outlives_a_training_that_ended_failed_or_was_canceled()
    {
        Create(Model.Ml, t => t with { MaxEpochs = 1 }).Fit(Model.Prepared);
        // Tensors that other tests have left behind must not be freed while this test counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        Create(Model.Ml, t => t with { ValidationFraction = 0.3 }).Fit(Model.Prepared);
        Assert.Equal(before, torch.Tensor.TotalCount);

        using var cancellation = new CancellationTokenSource();
        var cancels = new ProgressCallback(_ => cancellation.Cancel());
        IEstimator<ITransformer> canceled = Create(Model.Ml, t => t with { CancellationToken = cancellation.Token, Progress = cancels });
        Assert.ThrowsAny<OperationCanceledException>(() => canceled.Fit(Model.Prepared));
        Assert.Equal(before, torch.Tensor.TotalCount);

        var throws = new ProgressCallback(_ => throw new InvalidOperationException("from the user's callback"));
        Assert.Throws<InvalidOperationException>(() => Create(Model.Ml, t => t with { Progress = throws }).Fit(Model.Prepared));
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static void Cancel(MLContext ml) =>
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(ml, null);
}
