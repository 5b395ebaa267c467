using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>
/// Carries exceptions through native code. Native code calls the backward pass of our autograd functions, and an exception that crosses native code would end
/// the process. The exception is stored and thrown again after native code has returned.
/// </summary>
internal static class NativeCallback
{
    [ThreadStatic] private static ExceptionDispatchInfo? _thrown;

    /// <summary>Runs a backward pass. If it throws, stores the exception and returns no gradients.</summary>
    public static List<Tensor> Guard(int arguments, Func<List<Tensor>> backward)
    {
        try
        {
            return backward();
        }
        catch (Exception e)
        {
            _thrown ??= ExceptionDispatchInfo.Capture(e);
            return [.. new Tensor[arguments]];
        }
    }

    /// <summary>Calls <c>loss.backward()</c> and throws the exception that a backward pass has stored.</summary>
    public static void Backward(Tensor loss)
    {
        _thrown = null;
        loss.backward();
        ExceptionDispatchInfo? thrown = _thrown;
        _thrown = null;
        thrown?.Throw();
    }
}
