using System.Diagnostics;
using Microsoft.ML;
using MlNetRnn;
using MlNetRnn.Experiments;

/// <summary>Searches options with a checkpoint, prints each step, and can kill its own process in the middle of a trial.</summary>
internal static class Search
{
    private const int Trials = 7;

    public static void Run(string model, string folder, int killIn)
    {
        var ml = new MLContext(1);
        var start = new RnnTextClassificationOptions
        {
            Network = new RnnNetworkOptions { EmbeddingSize = 8, HiddenSize = 9 },
            Training = new RnnTrainingOptions { Threads = 1, MaxEpochs = 3, BatchSize = 8 },
        };
        Experiment<RnnTextClassificationOptions> experiment = ml.Rnn().CreateExperiment<RnnTextClassificationOptions>()
            .SetPipeline((context, options) => context.Transforms.Conversion.MapValueToKey("Label")
                .Append(context.MulticlassClassification.Trainers.RnnTextClassification(options)))
            .SetSearchSpace(new OptionSpace<RnnTextClassificationOptions>(start)
                .Fix(o => o.Network).Range(o => o.Network.HiddenSize, 3, 12)
                .Fix(o => o.Training).Range(o => o.Training.LearningRate, 1e-3f, 5e-2f, logarithmic: true))
            .SetDataset(Messages.Load(ml, 60), Messages.Load(ml, 30, from: 7)).SetMetric(ClassificationMetric.LogLoss)
            .SetMaxModelToExplore(Trials).SetSeed(3).SetCheckpoint(folder).SetMonitor(new Killer(killIn));
        TrialResult best = experiment.Run();
        foreach (TrialResult trial in experiment.Trials)
        {
            TrialSettings settings = trial.TrialSettings;
            Console.WriteLine($"trial {settings.TrialId} {settings.Seed} {settings} {trial.Ending} {trial.Metric:R} {string.Join(' ', trial.Curve)}");
        }
        Console.WriteLine($"best {best.TrialSettings.TrialId}");
        ml.Model.Save(best.Model, Messages.Load(ml, 1).Schema, model);
    }

    private sealed class Killer(int trial) : IMonitor
    {
        public void ReportRunningTrial(TrialSettings settings) => Print($"run {settings.TrialId}");

        public void ReportEpoch(TrialSettings settings, RnnTrainingProgress progress)
        {
            if (settings.TrialId == trial && progress.Epoch == 2) Process.GetCurrentProcess().Kill();
        }

        public void ReportCompletedTrial(TrialResult result) => Print($"end {result.TrialSettings.TrialId}");

        public void ReportBestTrial(TrialResult result)
        {
        }

        public void ReportFailTrial(TrialSettings settings, Exception? exception = null) => Print($"fail {settings.TrialId} {exception}");

        private static void Print(string line)
        {
            Console.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
