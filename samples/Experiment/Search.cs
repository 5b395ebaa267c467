using Microsoft.ML;

namespace MlNetRnn.Samples.Experiment;

/// <summary>What --task chooses: the pipelines, options and metric of an experiment, and what becomes of its best model.</summary>
internal abstract class Search
{
    public abstract string MetricName { get; }

    public abstract Found Run(SearchLimits limits);

    /// <summary>The metric of a model on rows that were kept for the end; null where there are none.</summary>
    public abstract double? Test(ITransformer model);

    /// <summary>Saves a model with ML.NET, so that it asks for no label.</summary>
    public abstract void Save(ITransformer model, string file);
}
