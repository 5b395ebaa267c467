using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.MLNetBridge;

/// <summary>A transformer that can be made from the parts of a saved model.</summary>
/// <typeparam name="TSelf">The transformer itself.</typeparam>
internal interface IModel<TSelf> : ITransformer where TSelf : IModel<TSelf>
{
    /// <summary>The name under which ML.NET finds its loader.</summary>
    static abstract string LoaderName { get; }

    /// <exception cref="FormatException">The parts make no valid model.</exception>
    static abstract TSelf FromParts(IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts);
}
