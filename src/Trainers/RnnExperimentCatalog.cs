using MlNetRnn.Experiments;

namespace Microsoft.ML;

/// <summary>Where the experiments of MlNetRnn are found: <c>mlContext.Rnn()</c>, as AutoML's are at <c>mlContext.Auto()</c>.</summary>
public static class RnnExperimentCatalog
{
    /// <summary>Experiments over pipelines with recurrent networks, or any others.</summary>
    /// <param name="mlContext">ML.NET.</param>
    public static RnnExperiments Rnn(this MLContext mlContext) => new(mlContext);
}
