using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.MLNetBridge;

/// <summary>The loader that ML.NET calls to create a transformer from its part of a model file.</summary>
internal static class ModelLoader<TModel> where TModel : IModel<TModel>
{
    // ML.NET finds the method by reflection; the return type must be exactly that of the LoadableClass attribute.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        try
        {
            SupportedMLNet.Require();
            return TModel.FromParts(environment, ModelParts.Load(context, TModel.LoaderName));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // ML.NET rethrows an exception that it has marked; any other exception reaches the user as a TargetInvocationException.
            throw environment.Process(e);
        }
    }
}
