using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>Experiments of a task, with the names of AutoML 1.0: Execute, BestRun.</summary>
public class TaskExperimentTests : ExperimentCase
{
    private static readonly RnnTrainingOptions Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = 2, Seed = null };

    [Fact]
    public void Text_labels_are_predicted_as_text()
    {
        var told = new Told<MulticlassClassificationMetrics>();
        ExperimentResult<MulticlassClassificationMetrics> result = Ml.Rnn()
            .CreateTextClassificationExperiment(new ExperimentSettings { MaxModels = 3, Seed = 1 })
            .SetSearchSpace(Space())
            .Execute(Data(60), Data(30, 7), "Label", progressHandler: told);
        Assert.Equal(3, result.RunDetails.Count);
        Assert.Equal(3, told.Details.Count);
        Assert.All(result.RunDetails, run => Assert.Equal("RnnTextClassification", run.TrainerName));
        Assert.All(result.RunDetails, run => Assert.True(run.RuntimeInSeconds > 0));
        Assert.Equal(result.RunDetails.Min(run => run.Metric), result.BestRun.Metric);
        Assert.Equal(result.BestRun.Metric, result.BestRun.ValidationMetrics!.LogLoss);
        IDataView scored = Reloaded(result.BestRun.Model!).Transform(Data(9));
        Assert.All(scored.GetColumn<string>("PredictedLabel"), label => Assert.Contains(label, new[] { "late", "double", "locked" }));
    }

    [Fact]
    public void The_best_run_s_estimator_can_be_fitted_to_more_rows()
    {
        RunDetail<MulticlassClassificationMetrics> best = Ml.Rnn().CreateTextClassificationExperiment(new ExperimentSettings { MaxModels = 3, Seed = 1 })
            .SetSearchSpace(Space())
            .SetMetric(ClassificationMetric.LogLoss)
            .Execute(Data(60), Data(30, 7)).BestRun;
        Assert.Equal(best.Metric, best.ValidationMetrics!.LogLoss);
        Assert.Equal(Classes(best.Estimator!.Fit(Data(90)).Transform(Data(9))), Classes(best.Estimator.Fit(Data(90)).Transform(Data(9))));
    }

    [Fact]
    public void Key_labels_stay_keys_and_a_featurizer_precedes_the_trainer()
    {
        IEstimator<ITransformer> featurizer = Ml.Transforms.Conversion.MapValueToKey("Topic", "Label").Append(Ml.Transforms.Text.NormalizeText("Text"));
        ITransformer model = Ml.Rnn().CreateTextClassificationExperiment(new ExperimentSettings { MaxModels = 1, Seed = 1 })
            .SetSearchSpace(Space())
            .Execute(Data(60), Data(30, 7), "Topic", featurizer).BestRun.Model!;
        Assert.IsType<KeyDataViewType>(model.Transform(Data(9)).Schema["PredictedLabel"].Type);
    }

    [Fact]
    public void Without_validation_rows_rows_are_held_out_or_folded()
    {
        TaskExperiment<RnnTextClassificationOptions, MulticlassClassificationMetrics> Experiment() =>
            Ml.Rnn().CreateTextClassificationExperiment(new ExperimentSettings { MaxModels = 1, Seed = 1 })
            .SetSearchSpace(Space());
        Assert.NotNull(Experiment().Execute(Data(60)).BestRun.Model);
        Assert.NotNull(Experiment().Execute(Data(60), numberOfCVFolds: 3).BestRun.Model);
        Assert.Throws<ArgumentOutOfRangeException>(() => Experiment().Execute(Data(60), numberOfCVFolds: 1));
    }

    [Fact]
    public void Binary_classification()
    {
        var space = new OptionSpace<RnnBinaryTextClassificationOptions>(
            new RnnBinaryTextClassificationOptions { Network = RnnTextClassificationContract.Tiny.Network, Training = Training }).Fix(o => o.Text)
            .Fix(o => o.Training).Fix(o => o.Network).Range(o => o.Network.HiddenSize, 3, 9);
        RunDetail<CalibratedBinaryClassificationMetrics> best = Ml.Rnn()
            .CreateBinaryTextClassificationExperiment(new ExperimentSettings { MaxModels = 2, Seed = 1 })
            .SetSearchSpace(space)
            .Execute(Data(60), Data(30, 7), "IsLate").BestRun;
        Assert.Equal(best.Metric, best.ValidationMetrics!.LogLoss);
        Assert.Equal(9, Reloaded(best.Model!).Transform(Data(9)).GetColumn<bool>("PredictedLabel").Count());
    }

    [Fact]
    public void Regression()
    {
        var space = new OptionSpace<RnnTextRegressionOptions>(
            new RnnTextRegressionOptions { Network = RnnTextClassificationContract.Tiny.Network, Training = Training }).Fix(o => o.Text).Fix(o => o.Training)
            .Fix(o => o.Network).Range(o => o.Network.HiddenSize, 3, 9);
        RunDetail<RegressionMetrics> best = Ml.Rnn().CreateTextRegressionExperiment(new ExperimentSettings { MaxModels = 2, Seed = 1 })
            .SetSearchSpace(space)
            .Execute(Data(60), Data(30, 7), "Stars").BestRun;
        Assert.Equal(best.Metric, best.ValidationMetrics!.RSquared);
        Assert.Equal(9, Reloaded(best.Model!).Transform(Data(9)).GetColumn<float>("Score").Count());
    }

    [Theory]
    [InlineData("B-X", "I-X")]
    [InlineData("NOUN", "VERB")]
    public void Tagging(string first, string second)
    {
        IDataView Sentences(int count, int from) =>
            Ml.Data.LoadFromEnumerable(Enumerable.Range(from, count)
            .Select(i => new Sentence { Tokens = ["a", $"b{i % 3}", "c"], Label = [first, second, first] }).ToArray());
        var space = new OptionSpace<RnnSequenceTaggingOptions>(
            new RnnSequenceTaggingOptions { Network = new RnnTaggingNetworkOptions { HiddenSize = 5, EmbeddingSize = 6 }, Training = Training })
            .Fix(o => o.Text).Fix(o => o.Training).Fix(o => o.Network).Range(o => o.Network.HiddenSize, 3, 9);
        RunDetail<RnnSequenceTaggingMetrics> best = Ml.Rnn().CreateSequenceTaggingExperiment(new ExperimentSettings { MaxModels = 2, Seed = 1 })
            .SetSearchSpace(space)
            .Execute(Sentences(40, 0), Sentences(9, 3)).BestRun;
        Assert.Equal(best.Metric, double.IsNaN(best.ValidationMetrics!.SpanF1) ? best.ValidationMetrics.TokenAccuracy : best.ValidationMetrics.SpanF1);
        Assert.Equal(first == "NOUN", double.IsNaN(best.ValidationMetrics.SpanF1));
        Assert.Equal(4, Reloaded(best.Model!).Transform(Sentences(4, 0)).GetColumn<string[]>("PredictedLabel").Count());
    }

    [Fact]
    public void Cancellation_returns_the_best_run_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var told = new Told<MulticlassClassificationMetrics>(detail => { if (detail.Trial!.TrialSettings.TrialId == 1) cancel.Cancel(); });
        ExperimentResult<MulticlassClassificationMetrics> result = Ml.Rnn()
            .CreateTextClassificationExperiment(new ExperimentSettings { CancellationToken = cancel.Token, Seed = 1 })
            .SetSearchSpace(Space())
            .Execute(Data(60), Data(30, 7), progressHandler: told);
        Assert.InRange(result.RunDetails.Count, 2, 3);
        Assert.NotNull(result.BestRun.Model);
        Assert.All(result.RunDetails, run =>
            Assert.Equal(run.Trial!.TrialSettings.TrialId == result.BestRun.Trial!.TrialSettings.TrialId, run.Model is not null));
    }

    [Fact]
    public void A_missing_label_column_is_named_with_the_existing_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => Ml.Rnn().CreateTextClassificationExperiment(10).Execute(Data(60), Data(30, 7), "Topic"))
            .Message;
        Assert.Contains("'Topic'", message);
        Assert.Contains("Label, Text, Stars, IsLate", message);
    }

    [Fact]
    public void Details_and_results_can_be_created_in_tests()
    {
        var run = new RunDetail<RegressionMetrics> { TrainerName = "mine", RuntimeInSeconds = 1, Metric = 0.5 };
        Assert.Same(run, new ExperimentResult<RegressionMetrics>([run], run).BestRun);
    }

    private ITransformer Reloaded(ITransformer model)
    {
        using var folder = new TemporaryFolder();
        Ml.Model.Save(model, null, folder.File("model.zip"));
        return new MLContext(2).Model.Load(folder.File("model.zip"), out _);
    }

    private static string[] Classes(IDataView scored) => [.. scored.GetColumn<string>("PredictedLabel")];

    private sealed class Sentence
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }

    private sealed class Told<TMetrics>(Action<RunDetail<TMetrics>>? then = null) : IProgress<RunDetail<TMetrics>>
        where TMetrics : class
    {
        public List<RunDetail<TMetrics>> Details { get; } = [];

        public void Report(RunDetail<TMetrics> value)
        {
            Details.Add(value);
            then?.Invoke(value);
        }
    }
}
