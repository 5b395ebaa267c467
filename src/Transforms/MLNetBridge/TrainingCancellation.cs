using Microsoft.ML.Runtime;

namespace MlNetRnn.MLNetBridge;

/// <summary>The two ways to cancel a training: a token, and the MLContext.</summary>
internal static class TrainingCancellation
{
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    public static void Check(IHost host, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (CatalogEnvironment.IsCanceled(host)) throw new OperationCanceledException("The training was canceled through the MLContext.");
    }
}
