using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>The base of the tests of experiments: small data, a small network, a small search.</summary>
public abstract class ExperimentCase
{
    private static readonly string[] Topics = ["late", "double", "locked"];

    protected MLContext Ml { get; } = new(1);

    internal static RnnTextClassificationOptions Start(int epochs = 2) =>
        RnnTextClassificationContract.Tiny with { Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = epochs, Seed = null } };

    internal static OptionSpace<RnnTextClassificationOptions> Space(int epochs = 2) =>
        new OptionSpace<RnnTextClassificationOptions>(Start(epochs))
            .Fix(o => o.Training).Fix(o => o.Network).Fix(o => o.Text)
            .Choice(o => o.Network.Cell, RnnCell.Lstm, RnnCell.Gru, RnnCell.MinGru)
            .Range(o => o.Network.HiddenSize, 3, 12)
            .Range(o => o.Training.LearningRate, 1e-3f, 5e-2f, logarithmic: true);

    /// <summary>Creates an experiment whose trainer stops only after its maximum number of epochs.</summary>
    internal Experiment<RnnTextClassificationOptions> Create(int trials = 6, int epochs = 2) => Create(Pipeline, trials, epochs);

    internal Experiment<RnnTextClassificationOptions> Create(Func<MLContext, RnnTextClassificationOptions, IEstimator<ITransformer>> pipeline,
        int trials = 6, int epochs = 2) =>
        Ml.Rnn().CreateExperiment<RnnTextClassificationOptions>()
            .SetPipeline(pipeline)
            .SetSearchSpace(Space(epochs))
            .SetDataset(Data(60), Data(30, 7))
            .SetMetric(ClassificationMetric.LogLoss)
            .SetMaxModelToExplore(trials)
            .SetPruner(null)
            .SetSeed(3);

    internal static IEstimator<ITransformer> Pipeline(MLContext ml, RnnTextClassificationOptions options) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.MulticlassClassification.Trainers.RnnTextClassification(options))
        .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    internal static IEstimator<ITransformer> Linear(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.Transforms.Text.FeaturizeText("Features", "Text"))
        .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 3));

    /// <summary>Returns a trial as a line, with everything that must be the same if it runs again.</summary>
    internal static string Line(TrialResult trial) =>
        $"{trial.TrialSettings.TrialId} {trial.TrialSettings.Seed} {trial.TrialSettings} {trial.Ending} {trial.Metric:R} {string.Join(' ', trial.Curve)}";

    protected IDataView Data(int rows, int offset = 0) =>
        Ml.Data.LoadFromEnumerable(Enumerable.Range(offset, rows)
            .Select(i => new Row { Label = Topics[i % 3], Text = $"{Topics[i % 3]} word{i % 7} word{i % 5}", Stars = i % 3, IsLate = i % 3 == 0 }).ToArray());

    internal sealed class Row
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";

        public float Stars { get; set; }

        public bool IsLate { get; set; }
    }

    /// <summary>Runs an action when a trial starts or an epoch ends, and records the calls.</summary>
    internal sealed class Watcher : IMonitor
    {
        public Action<TrialSettings>? OnRunning { get; init; }

        public Action<TrialSettings, RnnTrainingProgress>? OnEpoch { get; init; }

        public List<TrialResult> Completed { get; } = [];

        public List<TrialResult> Best { get; } = [];

        public List<(TrialSettings Settings, Exception? Exception)> Failed { get; } = [];

        public void ReportRunningTrial(TrialSettings settings) => OnRunning?.Invoke(settings);

        public void ReportEpoch(TrialSettings settings, RnnTrainingProgress progress) => OnEpoch?.Invoke(settings, progress);

        public void ReportCompletedTrial(TrialResult result) => Completed.Add(result);

        public void ReportBestTrial(TrialResult result) => Best.Add(result);

        public void ReportFailTrial(TrialSettings settings, Exception? exception = null) => Failed.Add((settings, exception));
    }
}
