using Microsoft.ML;
using TorchSharp;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C17_A_loss_that_becomes_NaN_stops_the_training_with_advice()
    {
        IEstimator<ITransformer> trainer = Create(Model.Ml, t => t with { LearningRate = 1e38f, WeightDecay = 0, MaximumGradientNorm = float.MaxValue });
        AssertThrows.With<InvalidOperationException>(() => trainer.Fit(Model.Prepared), "expected a finite number", "LearningRate");
    }

    [Fact]
    public void C18_The_same_seed_gives_the_same_bytes_and_Fit_changes_nothing_else()
    {
        var ml = new MLContext(1);
        string[] columns = [.. Model.Prepared.Schema.Where(c => !c.IsHidden).Select(c => c.Name)], before = Rows.Of(Model.Prepared, columns);
        IEstimator<ITransformer> trainer = Create(ml), another = Create(ml), reseeded = Create(ml, t => t with { Seed = 2 });
        IReadOnlyDictionary<string, string> Fit(IEstimator<ITransformer> estimator) => Parts(ml.SaveToBytes(estimator.Fit(Model.Prepared)));

        IReadOnlyDictionary<string, string> expected = Fit(trainer);
        Assert.Equal(expected, Fit(trainer));
        Assert.Equal(expected, Fit(another));
        Assert.NotEqual(expected, Fit(reseeded));
        Assert.Equal(before, Rows.Of(Model.Prepared, columns));
    }

    [Fact]
    public void C18_Without_a_seed_the_MLContext_provides_it()
    {
        string Fit(int seed, MLContext? shared = null)
        {
            MLContext ml = shared ?? new MLContext(seed);
            byte[] model = ml.SaveToBytes(Create(ml, t => t with { Seed = null, MaxEpochs = 1 }).Fit(Model.Prepared));
            return Parts(model).Single(part => part.Key.EndsWith(NetworkPart, StringComparison.Ordinal)).Value;
        }

        Assert.Equal(Fit(5), Fit(5));
        Assert.NotEqual(Fit(5), Fit(6));
        // This holds for every trainer of a context, not only for the first one.
        var context = new MLContext(5);
        Assert.Equal(Fit(5), Fit(5, context));
        Assert.Equal(Fit(5), Fit(5, context));
    }

    [Fact]
    public void C19_Every_parameter_gets_a_gradient()
    {
        (string Parameter, double Norm)[] norms = [.. GradientNorms()];
        Assert.NotEmpty(norms);
        Assert.All(norms, p => Assert.True(p.Norm > 0, $"{p.Parameter} has no gradient"));
    }

    [Fact]
    public void C20_Memorizes_eight_rows()
    {
        IDataView eight = Take(Model.Ml, Model.Prepared, 8);
        ITransformer model = Create(Model.Ml, t => t with { MaxEpochs = 150, LearningRate = 0.02f }).Fit(eight);
        Assert.Equal(Perfect, Quality(Model.Ml, model.Transform(eight)), Tolerance);
    }

    [Fact]
    public void C21_The_best_epoch_is_kept_and_patience_ends_the_training()
    {
        var reports = new List<RnnTrainingProgress>();
        IDataView validation = Take(Model.Ml, Model.Prepared, 30);
        // With a learning rate that is too large, the validation metric goes up and down.
        RnnTrainingOptions Overshooting(RnnTrainingOptions t) =>
            t with { MaxEpochs = 400, Patience = 3, LearningRate = 0.05f, ValidationSet = validation, Progress = new ProgressCallback(reports.Add) };
        ITransformer model = Create(Model.Ml, Overshooting).Fit(Model.Ml.Data.SkipRows(Model.Prepared, 30));
        RnnTrainingProgress[] epochs = [.. reports.Where(report => report.IsEndOfEpoch)];
        RnnTrainingProgress best = epochs.Last(epoch => epoch.IsBest);
        Assert.Equal(best.ValidationMetric, epochs.Max(epoch => epoch.ValidationMetric));
        Assert.True(epochs.Length < 400, "patience did not end the training");
        Assert.True(epochs.Length - best.Epoch >= 3);
        // The reported metric covers all validation rows and belongs to the model that was kept: the evaluator agrees.
        Assert.Equal(best.ValidationMetric!.Value, Validated(Model.Ml, model, validation), 1e-6);
    }

    [Fact]
    public void Training_does_not_change_the_state_of_libtorch()
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
}
