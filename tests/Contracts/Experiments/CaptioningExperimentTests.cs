using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>An experiment that searches for the options of a captioning model with the highest CIDEr-D.</summary>
public class CaptioningExperimentTests
{
    [Fact]
    public void The_best_trial_compares_a_caption_with_all_captions_of_its_image()
    {
        var ml = new MLContext(1);
        RnnCaptioningOptions start = SignCase.Options with { Training = SignCase.Options.Training with { MaxEpochs = 6, Seed = null } };
        OptionSpace<RnnCaptioningOptions> space = new OptionSpace<RnnCaptioningOptions>(start)
            .Fix(o => o.Training).Fix(o => o.Network)
            .Range(o => o.Network.HiddenSize, 3, 32)
            .Range(o => o.Training.LearningRate, 1e-4f, 5e-2f, logarithmic: true);
        IDataView validation = SignCase.View(ml, Enumerable.Range(60, 21).SelectMany(SignCase.Rows));
        Experiment<RnnCaptioningOptions> experiment = ml.Rnn().CreateExperiment<RnnCaptioningOptions>()
            .SetPipeline((context, options) => context.Transforms.Text.RnnCaptioning(options))
            .SetSearchSpace(space)
            .SetDataset(SignCase.View(ml, Enumerable.Range(0, 60).SelectMany(SignCase.Rows)), validation)
            .SetMetric(CaptioningMetric.CiderD, imageIdColumnName: nameof(Sign.Id))
            .SetMaxModelToExplore(3)
            .SetPruner(null)
            .SetSeed(3);
        TrialResult best = experiment.Run();
        Assert.Equal(3, experiment.Trials.Count);
        Assert.Equal(experiment.Trials.Max(trial => trial.Metric), best.Metric);
        IDataView captioned = best.Model!.Transform(validation);
        Assert.Equal(ml.Rnn().EvaluateCaptioning(captioned, "Target", imageIdColumnName: nameof(Sign.Id)).CiderD, best.Metric, 1e-3);
        Assert.NotEqual(ml.Rnn().EvaluateCaptioning(captioned, "Target").CiderD, best.Metric, 1e-3);
    }
}
