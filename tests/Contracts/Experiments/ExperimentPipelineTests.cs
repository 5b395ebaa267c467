using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>Pipelines in experiments: chains, several pipelines, trainers of ML.NET, trainers that the experiment finds by itself.</summary>
public class ExperimentPipelineTests : ExperimentCase
{
    [Fact]
    public void Validation_rows_reach_the_trainer_through_the_fitted_transforms()
    {
        // The trainer's best accuracy on its validation rows is the experiment's: they are the same rows, which no model classifies without errors.
        IEstimator<ITransformer> Chain(MLContext ml, RnnTextClassificationOptions options) => ml.Transforms.Text.NormalizeText("Clean", "Text")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(ml.MulticlassClassification.Trainers.RnnTextClassification(options with { InputColumnName = "Clean" }));
        Experiment<RnnTextClassificationOptions> experiment = Create(Chain, 4, 3).SetDataset(Data(60), MostlyRight())
            .SetMetric(ClassificationMetric.MicroAccuracy);
        experiment.Run();
        Assert.All(experiment.Trials, trial => Assert.Equal(trial.Curve.Max(), trial.Metric, 1e-6));
        Assert.All(experiment.Trials, trial => Assert.InRange(trial.Metric, 0, 10.0 / 11));
    }

    [Fact]
    public void Behind_a_cache_training_rows_are_held_out_with_a_warning()
    {
        var log = new List<string>();
        Ml.Log += (_, e) => log.Add(e.Message);
        IEstimator<ITransformer> Chain(MLContext ml, RnnTextClassificationOptions options) => ml.Transforms.Conversion.MapValueToKey("Label")
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.RnnTextClassification(options with { Training = options.Training with { ValidationFraction = 0.3 } }));
        TrialResult best = Create(Chain, 1, 6).SetDataset(Data(60), MostlyRight()).SetMetric(ClassificationMetric.MicroAccuracy).Run();
        // It learned from the training rows, all of which a model can classify correctly, and from none of the validation rows.
        Assert.Equal(1, best.Curve.Max());
        Assert.InRange(best.Metric, 0.5, 8.0 / 11);
        Assert.Contains(log, line => line.Contains("does it contain a cache?"));
    }

    [Fact]
    public void Several_pipelines_are_compared_and_one_without_options_is_tried_once()
    {
        Experiment<RnnTextClassificationOptions> experiment = Create(6).AddPipeline("Linear", Linear).AddPipeline<TreeOptions>("Trees", Trees);
        TrialResult best = experiment.Run();
        string[] names = [.. experiment.Trials.Select(trial => trial.TrialSettings.PipelineName)];
        Assert.Equal(["Rnn", "Linear", "Trees"], names[..3]);
        Assert.Single(names, "Linear");
        Assert.Equal(experiment.Trials.MinBy(trial => trial.Metric)!.TrialSettings.PipelineName, best.TrialSettings.PipelineName);
        Assert.Equal("Linear", experiment.Trials[1].TrialSettings.ToString());
        Assert.StartsWith("Trees: Leaves 4", experiment.Trials[2].TrialSettings.ToString());
        Assert.NotNull(best.Model);
    }

    [Fact]
    public void A_trainer_inside_a_pipeline_without_options_is_supervised_and_seeded()
    {
        IReadOnlyList<TrialResult> Run() => Once(ml => Pipeline(ml, Start(3)));
        TrialResult only = Assert.Single(Run());
        Assert.Equal(3, only.Curve.Count);
        Assert.Equal(Line(only), Line(Run()[0]));
    }

    [Fact]
    public void An_options_class_of_the_user_can_contain_ours()
    {
        Experiment<Own> experiment = Ml.Rnn().CreateExperiment<Own>()
            .SetPipeline((ml, own) => own.Lower
                ? ml.Transforms.Text.NormalizeText("Text").Append(Pipeline(ml, own.Rnn))
                : Pipeline(ml, own.Rnn))
            .SetSearchSpace(new OptionSpace<Own>(new Own { Rnn = Start() }).Range(o => o.Rnn.Network.HiddenSize, 3, 9).Choice(o => o.Lower, false, true))
            .SetDataset(Data(60), Data(30, 7)).SetMetric(ClassificationMetric.LogLoss).SetMaxModelToExplore(5).SetSeed(1);
        experiment.Run();
        Assert.All(experiment.Trials, trial => Assert.NotEmpty(trial.Curve));
        Assert.Equal(Start().Network.HiddenSize, ((Own)experiment.Trials[0].TrialSettings.Options).Rnn.Network.HiddenSize);
        Assert.Contains(experiment.Trials, trial => ((Own)trial.TrialSettings.Options).Rnn.Network.HiddenSize != Start().Network.HiddenSize);
    }

    [Fact]
    public void If_a_pipeline_without_options_is_best_the_tuner_continues_with_the_others()
    {
        Experiment<RnnTextClassificationOptions> experiment = Create(12).AddPipeline("Linear", Linear)
            .SetMetric("linear first", maximize: true, (ml, scored) => scored.Schema.GetColumnOrNull("Features") is null
                ? 0.01 - ml.MulticlassClassification.Evaluate(scored).LogLoss : 1);
        Assert.Equal("Linear", experiment.Run().TrialSettings.PipelineName);
        Assert.All(experiment.Trials.Skip(2), trial => Assert.Equal("Rnn", trial.TrialSettings.PipelineName));
        // The choice of the pipeline is no longer an option of the point.
        Assert.All(experiment.Trials, trial => Assert.Equal(3, trial.TrialSettings.Point.Count));
    }

    [Fact]
    public void A_curve_contains_one_training_only()
    {
        Experiment<RnnTextClassificationOptions> folds = Create(2, 3).SetDataset(Data(60), fold: 3);
        folds.Run();
        Assert.All(folds.Trials, trial => Assert.Equal(3, trial.Curve.Count));
        static IEstimator<ITransformer> Twice(MLContext ml, RnnTextClassificationOptions options) => ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.RnnTextClassification(options))
            .Append(ml.MulticlassClassification.Trainers.RnnTextClassification(options with { Training = options.Training with { MaxEpochs = 9 } }));
        Experiment<RnnTextClassificationOptions> chain = Create(Twice, 2, 3);
        chain.Run();
        Assert.All(chain.Trials, trial => Assert.Equal(3, trial.Curve.Count));
    }

    [Fact]
    public void Validation_rows_with_other_columns_are_rejected_with_the_differences()
    {
        IDataView other = Ml.Transforms.CopyColumns("Additional", "Stars").Fit(Data(9)).Transform(Data(9));
        Assert.Contains("Additional (Single)", Assert.Throws<ArgumentException>(() => Create().SetDataset(Data(60), other)).Message);
    }

    [Fact]
    public void Two_pipelines_with_the_same_name_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => Create().AddPipeline("Linear", Linear).AddPipeline("Linear", Linear));
        Assert.Contains("'Rnn' twice", Assert.Throws<InvalidOperationException>(() => Create().AddPipeline("Rnn", Linear).Run()).Message);
    }

    [Fact]
    public void Models_of_other_trials_are_disposed()
    {
        var made = new List<Disposable>();
        IEstimator<ITransformer> Chain(MLContext ml, RnnTextClassificationOptions options) => new Wrapping(Pipeline(ml, options), made);
        TrialResult best = Create(Chain, 4).Run();
        Assert.Equal(4, made.Count);
        Assert.All(made, model => Assert.NotEqual(ReferenceEquals(model, best.Model), model.IsDisposed));
        Assert.Equal(3, made.Count(model => model.IsDisposed));
    }

    /// <summary>Eleven rows, three of which have the label of another.</summary>
    private IDataView MostlyRight()
    {
        Row[] rows = [.. Ml.Data.CreateEnumerable<Row>(Data(11, 7), reuseRowObject: false)];
        foreach (Row row in rows.Take(3)) row.Label = row.Label == "late" ? "double" : "late";
        return Ml.Data.LoadFromEnumerable(rows);
    }

    private IReadOnlyList<TrialResult> Once(Func<MLContext, IEstimator<ITransformer>> pipeline)
    {
        Experiment<TreeOptions> experiment = Ml.Rnn().CreateExperiment<TreeOptions>().AddPipeline("one", pipeline)
            .SetDataset(Data(60), Data(30, 7)).SetMetric(ClassificationMetric.LogLoss).SetMaxModelToExplore(5).SetSeed(1);
        experiment.Run();
        return experiment.Trials;
    }

    private static IEstimator<ITransformer> Trees(MLContext ml, TreeOptions options) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.Transforms.Text.FeaturizeText("Features", "Text"))
        .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(historySize: options.Leaves));

    private sealed class TreeOptions
    {
        [Microsoft.ML.SearchSpace.Range(2, 8, 4)]
        public int Leaves { get; set; } = 4;
    }

    private sealed record Own
    {
        public RnnTextClassificationOptions Rnn { get; init; } = new();

        public bool Lower { get; init; }
    }

    private sealed class Wrapping(IEstimator<ITransformer> inner, List<Disposable> made) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            made.Add(new Disposable(inner.Fit(input)));
            return made[^1];
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }

    private sealed class Disposable(ITransformer inner) : ITransformer, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public void Dispose() => IsDisposed = true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException();
    }
}
