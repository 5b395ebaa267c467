using Microsoft.ML;

namespace MlNetRnn.MLNetBridge;

/// <summary>A transformer that holds native memory, which the garbage collector does not see.</summary>
internal interface INativeModel : ITransformer
{
    /// <summary>Prepares the model now, so that the first prediction does not wait.</summary>
    /// <exception cref="FormatException">The model is damaged.</exception>
    void Open();

    /// <summary>Frees the native memory as soon as it is not in use. The next prediction opens the model again.</summary>
    void Close();
}
