using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>Metrics that are not defined on some rows, trials with the same metric, and the default metric.</summary>
public class ExperimentMetricTests : ExperimentCase
{
    [Fact]
    public void Span_F1_of_tags_without_spans_is_rejected_before_the_first_trial()
    {
        var data = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20)
            .Select(i => new Sentence { Tokens = ["a", "b"], Label = ["NOUN", i % 2 == 0 ? "VERB" : "ADJ"] }).ToArray());
        Experiment<RnnSequenceTaggingOptions> experiment = Ml.Rnn().CreateExperiment<RnnSequenceTaggingOptions>()
            .SetPipeline((ml, options) => throw new InvalidOperationException("a trial has begun"))
            .SetDataset(data, data).SetMetric(TaggingMetric.SpanF1).SetMaxModelToExplore(1);
        string message = Assert.Throws<InvalidOperationException>(() => experiment.Run()).Message;
        Assert.Equal(
            "Experiment: expected validation rows on which the metric 'span F1' is defined, got rows on which it is not: "
            + "the tags in 'Label' mark no spans (NOUN, VERB, ADJ). "
            + "Optimize token accuracy (TaggingMetric.TokenAccuracy), or write the tags as B-TYPE, I-TYPE and O.",
            message);
    }

    /// <summary>The evaluator uses only the tags of the rows, even if the key has others.</summary>
    [Fact]
    public void Span_F1_of_keys_without_spans_is_rejected_before_the_first_trial()
    {
        IDataView train = Tagged("B-PER", "I-PER"), outside = Tagged("O", "O");
        ITransformer keys = Ml.Transforms.Conversion.MapValueToKey("Label").Fit(Tagged("B-PER", "O"));
        string message = Assert.Throws<InvalidOperationException>(() => Ml.Rnn().CreateExperiment<RnnSequenceTaggingOptions>()
            .SetPipeline((ml, options) => throw new InvalidOperationException("a trial has begun"))
            .SetDataset(keys.Transform(train), keys.Transform(outside)).SetMetric(TaggingMetric.SpanF1).SetMaxModelToExplore(1).Run()).Message;
        Assert.Contains("the tags in 'Label' mark no spans (O). ", message);
    }

    [Fact]
    public void An_area_under_the_curve_of_one_class_is_rejected_before_the_first_trial()
    {
        IDataView oneClass = Ml.Data.FilterRowsByColumn(Data(60), "Stars", lowerBound: 0.5);
        string message = Assert.Throws<InvalidOperationException>(() => Ml.Rnn().CreateExperiment<RnnBinaryTextClassificationOptions>()
            .SetPipeline((ml, options) => throw new InvalidOperationException("a trial has begun"))
            .SetDataset(Data(60), oneClass).SetMetric(BinaryClassificationMetric.AreaUnderRocCurve, labelColumnName: "IsLate").SetMaxModelToExplore(1).Run())
            .Message;
        Assert.Contains("all of them have the same label in 'IsLate'. Optimize accuracy or log-loss", message);
    }

    [Fact]
    public void R_squared_of_equal_numbers_is_rejected_before_the_first_trial() => Assert.Contains("all of them have the same number in 'Stars'",
        Assert.Throws<InvalidOperationException>(() => Ml.Rnn().CreateExperiment<RnnTextRegressionOptions>()
            .SetPipeline((ml, options) => throw new InvalidOperationException("a trial has begun"))
            .SetDataset(Data(60), Ml.Data.FilterRowsByColumn(Data(60), "Stars", lowerBound: 1.5))
            .SetMetric(RegressionMetric.RSquared, labelColumnName: "Stars").SetMaxModelToExplore(1).Run()).Message);

    /// <summary>ML.NET's evaluator rejects rows of one class, although accuracy, log-loss and F1 are defined.</summary>
    [Fact]
    public void Other_binary_metrics_are_computed_on_validation_rows_of_one_class()
    {
        IDataView oneClass = Ml.Data.FilterRowsByColumn(Data(60), "Stars", lowerBound: 0.5);
        var options = new RnnBinaryTextClassificationOptions
        {
            LabelColumnName = "IsLate",
            Network = RnnTextClassificationContract.TinyNetwork,
            Training = RnnTextClassificationContract.TinyTraining
        };
        foreach (TaskMetric<CalibratedBinaryClassificationMetrics> metric in new[] { BinaryClassificationMetric.Accuracy, BinaryClassificationMetric.LogLoss,
            BinaryClassificationMetric.F1Score })
        {
            TrialResult best = Ml.Rnn().CreateExperiment<RnnBinaryTextClassificationOptions>()
                .SetPipeline((ml, own) => ml.BinaryClassification.Trainers.RnnTextClassification(options))
                .SetDataset(Data(60), oneClass).SetMetric(metric, labelColumnName: "IsLate").SetMaxModelToExplore(1).SetSeed(1).Run();
            Assert.True(double.IsFinite(best.Metric));
        }
        ExperimentResult<CalibratedBinaryClassificationMetrics> result = Ml.Rnn()
            .CreateBinaryTextClassificationExperiment(new ExperimentSettings { MaxModels = 1, Seed = 1 })
            .SetSearchSpace(new OptionSpace<RnnBinaryTextClassificationOptions>(options))
            .Execute(Data(60), oneClass, "IsLate");
        Assert.Null(result.BestRun.ValidationMetrics);
        Assert.True(double.IsFinite(result.BestRun.Metric));
    }

    /// <summary>On rows of both classes, the numbers are those of ML.NET.</summary>
    [Fact]
    public void On_both_classes_the_metrics_of_one_class_equal_those_of_ML_NET()
    {
        IDataView scored = Ml.BinaryClassification.Trainers.RnnTextClassification(
            new RnnBinaryTextClassificationOptions
            {
                LabelColumnName = "IsLate",
                Network = RnnTextClassificationContract.TinyNetwork,
                Training = RnnTextClassificationContract.TinyTraining
            })
            .Fit(Data(60)).Transform(Data(60));
        CalibratedBinaryClassificationMetrics expected = Ml.BinaryClassification.Evaluate(scored, "IsLate");
        BinaryScores found = BinaryScores.Of(scored, "IsLate", "PredictedLabel", "Probability");
        Assert.Equal(expected.Accuracy, found.Accuracy, 1e-9);
        Assert.Equal(expected.LogLoss, found.LogLoss, 1e-5);
        Assert.Equal(double.IsNaN(expected.F1Score) ? 0 : expected.F1Score, found.F1, 1e-9);
    }

    [Theory]
    [InlineData(0.9, 0.5, 0.8, 0.1, true)]          // the metric comes first
    [InlineData(0.9, 0.5, 0.9, 0.1, false)]         // then the loss
    [InlineData(0.9, 0.5, 0.9, 0.5, true)]          // then the earlier one
    [InlineData(0.9, null, 0.9, 0.1, true)]
    public void Trials_with_the_same_metric_are_ordered_by_the_loss(double first, double? firstLoss, double second, double? secondLoss, bool firstWins)
    {
        Assert.Equal(firstWins, Trial(0, first, firstLoss).IsBetterThan(Trial(1, second, secondLoss)));
        Assert.Equal(!firstWins, Trial(1, second, secondLoss).IsBetterThan(Trial(0, first, firstLoss)));
    }

    /// <summary>The checkpoint stores one model. A restart must select the same best trial, also among equal ones.</summary>
    [Fact]
    public void A_checkpoint_whose_best_trial_was_decided_by_the_loss_is_opened_again()
    {
        using var folder = new TemporaryFolder();
        TrialStore Open() => new(folder.FullName, "one experiment", Ml, Data(6).Schema, isMaximize: true);
        using (TrialStore store = Open())
        {
            foreach (TrialResult result in new[] { Trial(0, 0.9, 0.5), Trial(1, 0.9, 0.1) })
            {
                store.SaveBest(result with { Model = Ml.Transforms.Conversion.MapValueToKey("Label").Fit(Data(6)) });
                store.Add(result, isBest: true);
            }
        }
        using TrialStore again = Open();
        Assert.Equal(2, again.Recorded.Count);
        Assert.NotNull(again.LoadBest(1));
    }

    [Fact]
    public void Few_validation_rows_optimize_log_loss_and_many_accuracy()
    {
        var log = new List<string>();
        Ml.Log += (_, e) => { lock (log) log.Add(e.Message); };
        RunDetail<MulticlassClassificationMetrics> Best(int validationRows) =>
            Ml.Rnn().CreateTextClassificationExperiment(new ExperimentSettings { MaxModels = 1, Seed = 1 })
            .SetSearchSpace(Space())
            .Execute(Data(60), Data(validationRows)).BestRun;
        RunDetail<MulticlassClassificationMetrics> few = Best(1000);
        Assert.Equal(few.ValidationMetrics!.LogLoss, few.Metric);
        Assert.Contains(log, line =>
            line.Contains(
                "With 1000 validation rows or fewer, trials are compared by log-loss: micro accuracy hardly distinguishes them. "
                + "Call SetMetric for another metric."));
        RunDetail<MulticlassClassificationMetrics> many = Best(1001);
        Assert.Equal(many.ValidationMetrics!.MicroAccuracy, many.Metric);
        Assert.Contains(log, line => line.Contains("Trial 0 (RnnTextClassification"));
    }

    private IDataView Tagged(params string[] tags) => Ml.Data.LoadFromEnumerable([new Sentence { Tokens = ["a", "b"], Label = tags }]);

    private static TrialResult Trial(int id, double metric, double? loss) => new()
    {
        TrialSettings = new TrialSettings
        {
            TrialId = id,
            Seed = 1,
            Dimensions = [],
            Start = [],
            Point = [],
            PipelineName = "Rnn",
            Options = new object(),
            Parameter = new Dictionary<string, object?>()
        },
        Ending = TrialEnding.Completed,
        Metric = metric,
        Loss = -metric,
        TieLoss = loss,
    };

    private sealed class Sentence
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}
