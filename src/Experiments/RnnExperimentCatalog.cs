using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Experiments over the options of any pipeline, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnExperimentCatalog
{
    /// <summary>Creates an experiment that searches for the best options of a pipeline, which <see cref="Experiment{TOptions}.SetPipeline"/> sets.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="catalog"><c>mlContext.Rnn()</c></param>
    /// <param name="settings">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="System.ArgumentException">Values of the settings are not valid; the message lists all of them.</exception>
    public static Experiment<TOptions> CreateExperiment<TOptions>(this RnnOperationsCatalog catalog, ExperimentSettings? settings = null)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new Experiment<TOptions>(catalog.Context, settings ?? new ExperimentSettings());
    }
}
