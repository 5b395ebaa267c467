using Microsoft.ML;

namespace MlNetRnn.Samples.Experiment;

/// <summary>A task of --task: the pipelines, options and metric of an experiment, and the test and the saving of its best model.</summary>
internal abstract class Search
{
    public abstract string MetricName { get; }

    /// <summary>Whether a higher metric is better.</summary>
    public abstract bool IsMaximize { get; }

    /// <summary>Runs the experiment.</summary>
    public abstract Found Run(SearchLimits limits);

    /// <summary>The metric of a model on rows that were kept for the end, NaN if it is not defined there; null if there are no such rows.</summary>
    public abstract double? Test(ITransformer model);

    /// <summary>Saves a model with ML.NET, so that it needs no label.</summary>
    public abstract void Save(ITransformer model, string file);
}
