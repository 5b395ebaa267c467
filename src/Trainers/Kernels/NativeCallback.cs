using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>
/// The backward pass of our functions is called from native code, which no exception may cross: the process would end. It is kept here
/// and thrown again when native code has returned.
/// </summary>
internal static class NativeCallback
{
    [ThreadStatic] private static ExceptionDispatchInfo? _thrown;

    /// <summary>Runs a backward pass; where it throws, there are no gradients.</summary>
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

    /// <summary>loss.backward(), with what our functions threw.</summary>
    public static void Backward(Tensor loss)
    {
        _thrown = null;
        loss.backward();
        ExceptionDispatchInfo? thrown = _thrown;
        _thrown = null;
        thrown?.Throw();
    }
}
