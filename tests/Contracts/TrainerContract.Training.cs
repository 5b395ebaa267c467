using Microsoft.ML;
using TorchSharp;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C18_the_same_seed_gives_the_same_bytes_and_changes_nothing_else()
    {
        var ml = new MLContext(1);
        IEstimator<RnnTransformer> trainer = Create(ml);
        string[] before = Rows.Of(Model.Prepared, [.. Model.Prepared.Schema.Where(c => !c.IsHidden).Select(c => c.Name)]);
        byte[] first = Save(ml, trainer.Fit(Model.Prepared), null), second = Save(ml, trainer.Fit(Model.Prepared), null);
        byte[] other = Save(ml, Create(ml).Fit(Model.Prepared), null), reseeded = Save(ml, Create(ml, t => t with { Seed = 2 }).Fit(Model.Prepared), null);
        Assert.Equal(Parts(first), Parts(second));
        Assert.Equal(Parts(first), Parts(other));
        Assert.NotEqual(Parts(first), Parts(reseeded));
        Assert.Equal(before, Rows.Of(Model.Prepared, [.. Model.Prepared.Schema.Where(c => !c.IsHidden).Select(c => c.Name)]));
    }

    [Fact]
    public void C18_without_a_seed_that_of_the_MLContext_decides()
    {
        string Fit(int seed, MLContext? shared = null)
        {
            MLContext ml = shared ?? new MLContext(seed);
            return Parts(Save(ml, Create(ml, t => t with { Seed = null, MaxEpochs = 1 }).Fit(Model.Prepared), null)).Single(part => part.Key.EndsWith("Network.onnx")).Value;
        }

        Assert.Equal(Fit(5), Fit(5));
        Assert.NotEqual(Fit(5), Fit(6));
        // Every trainer of a context, not the first one alone.
        var context = new MLContext(5);
        Assert.Equal(Fit(5), Fit(5, context));
        Assert.Equal(Fit(5), Fit(5, context));
    }

    [Fact]
    public void C19_every_parameter_gets_a_gradient()
    {
        (string Parameter, double Norm)[] norms = [.. GradientNorms()];
        Assert.NotEmpty(norms);
        Assert.All(norms, p => Assert.True(p.Norm > 0, $"{p.Parameter} has no gradient"));
    }

    [Fact]
    public void C20_memorises_eight_rows()
    {
        IDataView eight = Take(Model.Ml, Model.Prepared, 8);
        RnnTransformer model = Create(Model.Ml, t => t with { MaxEpochs = 150, LearningRate = 0.02f }).Fit(eight);
        Assert.Equal(1, Quality(Model.Ml, model.Transform(eight)), Tolerance);
    }

    [Fact]
    public void C21_the_best_epoch_is_kept_and_patience_ends_the_training()
    {
        var reports = new List<RnnTrainingProgress>();
        IDataView validation = Take(Model.Ml, Model.Prepared, 30);
        // A step size that overshoots makes the validation result go up and down.
        RnnTransformer model = Create(Model.Ml, t => t with { MaxEpochs = 400, Patience = 3, LearningRate = 0.05f, ValidationSet = validation, Progress = new Reports(reports.Add) })
            .Fit(Model.Ml.Data.SkipRows(Model.Prepared, 30));
        RnnTrainingProgress[] epochs = [.. reports.Where(report => report.IsEndOfEpoch)];
        RnnTrainingProgress best = epochs.Last(epoch => epoch.IsBest);
        Assert.Equal(best.ValidationMetric, epochs.Max(epoch => epoch.ValidationMetric));
        Assert.True(epochs.Length < 400, "patience did not end the training");
        Assert.True(epochs.Length - best.Epoch >= 3);
        // Over all validation rows, and of the model that was kept: the stock evaluator says the same.
        Assert.Equal(best.ValidationMetric!.Value, Quality(Model.Ml, model.Transform(validation)), 1e-6);
    }

    [Fact]
    public void C22_a_cancelled_training_stops_within_a_batch()
    {
        using var cancellation = new CancellationTokenSource();
        int batches = 0;
        var progress = new Reports(report =>
        {
            batches++;
            cancellation.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Create(Model.Ml, t => t with { CancellationToken = cancellation.Token, Progress = progress, BatchSize = 4 }).Fit(Model.Prepared));
        Assert.Equal(1, batches);
    }

    [Fact]
    public void C22_MLContext_cancels_it_as_well()
    {
        var ml = new MLContext(1);
        IEstimator<RnnTransformer> trainer = Create(ml, t => t with { BatchSize = 4, Progress = new Reports(_ => Cancel(ml)) });
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(Model.Prepared));
    }

    [Fact]
    public void C22_progress_and_log_tell_of_every_batch_and_epoch()
    {
        var ml = new MLContext(1);
        var log = new List<string>();
        ml.Log += (_, e) => log.Add(e.Message);
        var reports = new List<RnnTrainingProgress>();
        Create(ml, t => t with { BatchSize = 16, Progress = new Reports(reports.Add), ValidationFraction = 0.2 }).Fit(Model.Prepared);
        Assert.Equal([1, 2], reports.Where(r => r.IsEndOfEpoch).Select(r => r.Epoch));
        Assert.Equal([1, 2, 3], reports.Where(r => !r.IsEndOfEpoch && r.Epoch == 1).Select(r => r.Batch));       // 48 rows by 16
        Assert.All(reports, r => Assert.True(r is { Loss: > 0, GradientNorm: > 0, TokensPerSecond: > 0, Batches: 3, MaxEpochs: 2 } && r.TimeLeft >= TimeSpan.Zero));
        Assert.All(reports.Where(r => r.IsEndOfEpoch), r => Assert.True(r is { ValidationLoss: > 0, ValidationMetric: >= 0, MetricName.Length: > 0 }));
        Assert.Contains(log, line => line.Contains("epoch 2/2: loss"));
    }

    [Fact]
    public void C17_a_loss_that_is_no_number_stops_the_training_and_says_what_to_do()
    {
        var e = Assert.Throws<InvalidOperationException>(() => Create(Model.Ml, t => t with { LearningRate = 1e38f, WeightDecay = 0, MaximumGradientNorm = float.MaxValue }).Fit(Model.Prepared));
        Assert.Contains("expected a finite number", e.Message);
        Assert.Contains("LearningRate", e.Message);
    }

    [Fact]
    public void C24_no_tensor_outlives_a_training_that_ended_failed_or_was_cancelled()
    {
        Create(Model.Ml, t => t with { MaxEpochs = 1 }).Fit(Model.Prepared);
        // What other tests have left behind must not go while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        Create(Model.Ml, t => t with { ValidationFraction = 0.3 }).Fit(Model.Prepared);
        Assert.Equal(before, torch.Tensor.TotalCount);
        using var cancelled = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Create(Model.Ml, t => t with { CancellationToken = cancelled.Token, Progress = new Reports(_ => cancelled.Cancel()) }).Fit(Model.Prepared));
        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Throws<InvalidOperationException>(() => Create(Model.Ml, t => t with { Progress = new Reports(_ => throw new InvalidOperationException("from the user's report")) }).Fit(Model.Prepared));
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Training_leaves_the_state_of_libtorch_as_it_was()
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(3);
        torch.random.manual_seed(11);
        float expected = torch.rand(1).item<float>();
        torch.random.manual_seed(11);
        using (torch.no_grad())
        {
            Create(Model.Ml).Fit(Model.Prepared);
            Assert.False(torch.is_grad_enabled());
        }
        Assert.Equal(expected, torch.rand(1).item<float>());
        Assert.Equal(3, torch.get_num_threads());
        torch.set_num_threads(before);
    }

    private static void Cancel(MLContext ml) => typeof(MLContext)
        .GetMethod("CancelExecution", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.Invoke(ml, null);

    /// <summary>Calls back at once: Progress of the base library would post to another thread.</summary>
    private sealed class Reports(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }
}
