namespace Microsoft.ML;

/// <summary>
/// The operations of MlNetRnn that belong to no catalog of ML.NET. The packages of MlNetRnn add extension methods to this class, and an application can add its
/// own.
/// </summary>
/// <remarks>Returned by <see cref="RnnContextCatalog.Rnn"/>: <c>mlContext.Rnn()</c>.</remarks>
public sealed class RnnOperationsCatalog
{
    internal RnnOperationsCatalog(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
    }

    /// <summary>The context that the operations belong to, for the implementation of extension methods.</summary>
    public MLContext Context { get; }
}
