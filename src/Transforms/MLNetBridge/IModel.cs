using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.MLNetBridge;

/// <summary>A transformer that can be created from the parts of a saved model.</summary>
/// <typeparam name="TSelf">The transformer itself.</typeparam>
internal interface IModel<TSelf> : ITransformer where TSelf : IModel<TSelf>
{
    /// <summary>The name by which ML.NET finds the loader.</summary>
    static abstract string LoaderName { get; }

    /// <summary>Creates the transformer.</summary>
    /// <exception cref="FormatException">The parts are not a valid model.</exception>
    static abstract TSelf FromParts(IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts);
}
