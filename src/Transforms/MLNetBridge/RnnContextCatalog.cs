namespace Microsoft.ML;

/// <summary>Extends <see cref="MLContext"/> with the operations of MlNetRnn.</summary>
public static class RnnContextCatalog
{
    /// <summary>Returns the operations of MlNetRnn that belong to no catalog of ML.NET, such as experiments (package MlNetRnn.Experiments).</summary>
    /// <param name="mlContext">The context.</param>
    public static RnnOperationsCatalog Rnn(this MLContext mlContext) => new(mlContext);
}
