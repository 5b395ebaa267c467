using Microsoft.ML;

namespace MlNetRnn.Experiments.Tests;

/// <summary>The settings of an experiment.</summary>
public class ExperimentSettingsTests
{
    private static readonly ExperimentSettings Invalid = new()
    {
        MaxModels = 0,
        ParallelTrials = 0,
        MaximumMemoryUsageInMegaByte = 0,
        CheckpointFolder = "",
        ReportFile = ""
    };

    [Fact]
    public void Null_is_refused()
    {
        Experiment<RnnTextClassificationOptions> experiment = new MLContext().Rnn().CreateExperiment<RnnTextClassificationOptions>();
        Assert.Throws<ArgumentNullException>("folder", () => experiment.SetCheckpoint(null!));
        Assert.Throws<ArgumentNullException>("path", () => experiment.SetReport(null!));
        Assert.Throws<ArgumentNullException>("tuner", () => experiment.SetTuner(null!));
        Assert.Throws<ArgumentNullException>("monitor", () => experiment.SetMonitor(null!));
    }

    [Fact]
    public void All_errors_are_reported_together()
    {
        string message = Assert.Throws<ArgumentException>("settings", () => new MLContext().Rnn().CreateExperiment<RnnTextClassificationOptions>(Invalid))
            .Message;
        Assert.StartsWith(
            "Experiment settings are not valid. MaxModels: expected 1 or more, got 0. ParallelTrials: expected 1 or more, got 0. "
            + "MaximumMemoryUsageInMegaByte: expected more than 0, got 0. CheckpointFolder: expected the name of a folder, or null, got an empty string. "
            + "ReportFile: expected the name of a file, or null, got an empty string.",
            message);
        Assert.Throws<ArgumentException>("settings", () => new MLContext().Rnn().CreateTextRegressionExperiment(Invalid));
    }

    [Fact]
    public void Methods_set_one_setting_each()
    {
        var expected = new ExperimentSettings
        {
            MaxExperimentTimeInSeconds = 60,
            MaxModels = 7,
            Seed = 1,
            ParallelTrials = 2,
            MaximumMemoryUsageInMegaByte = 500,
            CheckpointFolder = "folder",
            ReportFile = "report.html",
            Tuner = new RandomTuner(),
            Pruner = null,
            Monitor = new TableMonitor(),
        };
        Experiment<RnnTextClassificationOptions> experiment = new MLContext().Rnn().CreateExperiment<RnnTextClassificationOptions>()
            .SetTrainingTimeInSeconds(60)
            .SetMaxModelToExplore(7)
            .SetSeed(1)
            .SetParallelTrials(2)
            .SetMaximumMemoryUsageInMegaByte(500)
            .SetCheckpoint("folder")
            .SetReport("report.html")
            .SetTuner(expected.Tuner)
            .SetPruner(null)
            .SetMonitor(expected.Monitor);
        Assert.Equal(expected, experiment.Settings);
    }

    [Fact]
    public void A_method_with_a_wrong_value_changes_nothing()
    {
        Experiment<RnnTextClassificationOptions> experiment = new MLContext().Rnn().CreateExperiment<RnnTextClassificationOptions>();
        Assert.Throws<ArgumentException>(() => experiment.SetParallelTrials(0));
        Assert.Equal(1, experiment.Settings.ParallelTrials);
    }
}
