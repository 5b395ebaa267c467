using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>An experiment that searches for the options of a translation model with the highest BLEU.</summary>
public class TranslationExperimentTests : TranslationCase
{
    [Fact]
    public void The_best_trial_has_the_highest_BLEU_and_keeps_its_model()
    {
        RnnTranslationOptions start = Small with { Training = Small.Training with { MaxEpochs = 6, Seed = null } };
        OptionSpace<RnnTranslationOptions> space = new OptionSpace<RnnTranslationOptions>(start)
            .Fix(o => o.Training).Fix(o => o.Network)
            .Range(o => o.Network.HiddenSize, 3, 24)
            .Range(o => o.Training.LearningRate, 1e-4f, 5e-2f, logarithmic: true);
        IDataView validation = Data(Pairs[45..]);
        Experiment<RnnTranslationOptions> experiment = _ml.Rnn().CreateExperiment<RnnTranslationOptions>()
            .SetPipeline((context, options) => context.Transforms.Text.RnnTranslation(options))
            .SetSearchSpace(space)
            .SetDataset(Data(Pairs[..45]), validation)
            .SetMetric(TranslationMetric.Bleu)
            .SetMaxModelToExplore(3)
            .SetPruner(null)
            .SetSeed(3);
        TrialResult best = experiment.Run();
        Assert.Equal(3, experiment.Trials.Count);
        Assert.Equal(experiment.Trials.Max(trial => trial.Metric), best.Metric);
        Assert.Equal(best.Metric, _ml.Rnn().EvaluateTranslation(best.Model!.Transform(validation)).Bleu.Score, 1e-3);
    }
}
