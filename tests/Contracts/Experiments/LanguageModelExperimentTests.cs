using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>An experiment that searches for the options of a language model with the lowest perplexity.</summary>
public class LanguageModelExperimentTests : LanguageModelCase
{
    [Fact]
    public void The_best_trial_has_the_lowest_perplexity_and_keeps_its_model()
    {
        RnnLanguageModelOptions start = LanguageModelContract.Tiny with { Training = LanguageModelContract.Tiny.Training with { MaxEpochs = 3, Seed = null } };
        OptionSpace<RnnLanguageModelOptions> space = new OptionSpace<RnnLanguageModelOptions>(start)
            .Fix(o => o.Training).Fix(o => o.Network)
            .Range(o => o.Network.HiddenSize, 3, 24)
            .Range(o => o.Training.LearningRate, 1e-4f, 5e-2f, logarithmic: true);
        IDataView validation = Data(Lines[45..]);
        Experiment<RnnLanguageModelOptions> experiment = _ml.Rnn().CreateExperiment<RnnLanguageModelOptions>()
            .SetPipeline((context, options) => context.Transforms.Text.RnnLanguageModel(options))
            .SetSearchSpace(space)
            .SetDataset(Data(Lines[..45]), validation)
            .SetMetric(LanguageModelMetric.Perplexity)
            .SetMaxModelToExplore(4)
            .SetPruner(null)
            .SetSeed(3);
        TrialResult best = experiment.Run();
        Assert.Equal(4, experiment.Trials.Count);
        Assert.Equal(experiment.Trials.Min(trial => trial.Metric), best.Metric);
        Assert.All(experiment.Trials, trial => Assert.Equal(3, trial.Curve.Count));
        Assert.Equal(best.Metric, _ml.Rnn().EvaluateLanguageModel(best.Model!, validation).PerSymbol.Perplexity, 1e-3);
    }

    /// <summary>The validation rows of a stream are one text: the state goes on from row to row.</summary>
    [Fact]
    public void A_stream_is_searched_in_the_default_space()
    {
        RnnLanguageModelOptions start = Joined with { Training = Joined.Training with { MaxEpochs = 2, Seed = null } };
        IDataView validation = Data(Lines[45..]);
        Experiment<RnnLanguageModelOptions> experiment = _ml.Rnn().CreateExperiment<RnnLanguageModelOptions>()
            .SetPipeline((context, options) => context.Transforms.Text.RnnLanguageModel(options))
            .SetSearchSpace(new OptionSpace<RnnLanguageModelOptions>(start))
            .SetDataset(Data(Lines[..45]), validation)
            .SetMetric(LanguageModelMetric.BitsPerCharacter)
            .SetMaxModelToExplore(3)
            .SetSeed(3);
        TrialResult best = experiment.Run();
        Assert.Equal(best.Metric, _ml.Rnn().EvaluateLanguageModel(best.Model!, validation).PerCharacter.Bits, 1e-3);
        var options = (RnnLanguageModelOptions)best.TrialSettings.Options;
        Assert.True(options.JoinRows);
        Assert.True(experiment.Trials.Select(trial => ((RnnLanguageModelOptions)trial.TrialSettings.Options).Network.HiddenSize).Distinct().Count() > 1);
    }
}
