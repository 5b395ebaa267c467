using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>A task of --task: the pipelines, options and metric of an experiment, and the test and the saving of its best model.</summary>
internal abstract class Search
{
    public abstract string MetricName { get; }

    /// <summary>Whether a higher metric is better.</summary>
    public abstract bool IsMaximize { get; }

    /// <summary>Runs the experiment.</summary>
    public abstract Found Run(ExperimentSettings settings);

    /// <summary>Measures a model on the test rows; NaN if the metric is not defined on them, <see langword="null"/> if there are none.</summary>
    public abstract double? Test(ITransformer model);

    /// <summary>Saves a model with ML.NET, so that it needs no label.</summary>
    public abstract void Save(ITransformer model, string file);
}
