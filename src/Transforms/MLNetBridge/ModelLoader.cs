using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.MLNetBridge;

/// <summary>What ML.NET calls to make a transformer from its part of a model file.</summary>
internal static class ModelLoader<TModel> where TModel : IModel<TModel>
{
    // Found by reflection; the return type must be the one of the LoadableClass attribute exactly.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        try
        {
            SupportedMLNet.Require();
            return TModel.FromParts(environment, ModelParts.Load(context, TModel.LoaderName));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // ML.NET passes an exception on that it has marked; anything else reaches the user as a TargetInvocationException.
            throw environment.Process(e);
        }
    }
}
