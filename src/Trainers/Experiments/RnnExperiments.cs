using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>Makes experiments. Found at <c>mlContext.Rnn()</c>.</summary>
public sealed class RnnExperiments
{
    internal RnnExperiments(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
    }

    /// <summary>The MLContext that the experiments belong to.</summary>
    internal MLContext Context { get; }

    /// <summary>An experiment over the options of a pipeline; say what is tried with <see cref="Experiment{TOptions}.SetPipeline"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    public Experiment<TOptions> CreateExperiment<TOptions>()
        where TOptions : class, new() => new(Context);
}
