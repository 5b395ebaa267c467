using System.Diagnostics;
using Microsoft.ML;
using Spectre.Console;

namespace MlNetRnn.Samples.Translation;

/// <summary>The same small training with each choice of the symbol that the decoder reads: the true one, its own predictions, or random ones.</summary>
internal static class SamplingRegimes
{
    private static readonly Dictionary<RnnTargetSampling, string> Names = new()
    {
        [RnnTargetSampling.Teacher] = "teacher: the true symbol",
        [RnnTargetSampling.Scheduled] = "scheduled: up to 25% own",
        [RnnTargetSampling.Always] = "always: its own predictions",
        [RnnTargetSampling.Uniform] = "uniform: up to 25% random",
    };

    /// <summary>Trains a model for each choice, and returns the table of results.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="options">The options, except for the choice.</param>
    /// <param name="train">The training pairs.</param>
    /// <param name="validation">The pairs on which the models are compared.</param>
    public static Table Compare(MLContext ml, RnnTranslationOptions options, IDataView train, IDataView validation)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("the decoder reads").NoWrap());
        foreach (string name in new[] { "exact", "BLEU", "chrF", "perplexity", "seconds" }) table.AddColumn(new TableColumn(name).RightAligned());
        foreach ((RnnTargetSampling sampling, string name) in Names)
        {
            var epochs = new EndsOfEpochs();
            var watch = Stopwatch.StartNew();
            RnnTranslationTransformer model = TrainCommand.Fit(ml, options with { Sampling = sampling }, train, validation, epochs);
            var trained = new Trained<RnnTranslationTransformer>(model, watch.Elapsed.TotalSeconds, epochs);
            RnnTranslationMetrics metrics = TrainCommand.Measure(ml, model, validation).Metrics;
            table.AddRow(
                name, $"{TrainingRun.Number(100 * metrics.ExactMatch, "F1")}%", TrainingRun.Number(metrics.Bleu.Score, "F1"),
                TrainingRun.Number(metrics.ChrF, "F1"), TrainingRun.Number(TrainCommand.Perplexity(trained), "F3"),
                TrainingRun.Number(trained.Seconds, "F1"));
        }
        return table;
    }
}
