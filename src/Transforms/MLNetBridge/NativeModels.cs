using Microsoft.ML;

namespace MlNetRnn.MLNetBridge;

/// <summary>Opens and frees the native models of a transformer or a chain of transformers.</summary>
internal static class NativeModels
{
    /// <summary>Opens the models now, so that the first prediction does not wait, and a damaged model is detected.</summary>
    public static void Open(ITransformer model)
    {
        foreach (INativeModel native in ChainLinks.Of(model).OfType<INativeModel>()) native.Open();
    }

    /// <summary>Disposes a model that is no longer used, and frees its native memory.</summary>
    public static void Release(ITransformer model)
    {
        (model as IDisposable)?.Dispose();
        foreach (INativeModel native in ChainLinks.Of(model).OfType<INativeModel>()) native.Close();
    }
}
