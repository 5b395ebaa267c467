using Microsoft.ML;

namespace MlNetRnn.Samples;

/// <summary>The model file of `predict`.</summary>
public static class SavedModel
{
    /// <summary>Loads a model and prepares it; writes one line to standard error if it is not a model of this sample.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bind">Prepares a loaded model; throws if it is not a model of this sample.</param>
    public static T? Load<T>(FileInfo file, Func<MLContext, ITransformer, T> bind)
        where T : class
    {
        if (!file.Exists)
        {
            Console.Error.WriteLine($"predict: {file}: there is no such file");
            return null;
        }
        var ml = new MLContext();
        try
        {
            if (ModelFault.OfFile(file.FullName) is not { } fault) return bind(ml, ml.Model.Load(file.FullName, out _));
            Refuse(file, fault);
        }
        catch (Exception e)
        {
            Refuse(file, ModelFault.Of(e));
        }
        return null;
    }

    private static void Refuse(FileInfo file, string fault) => Console.Error.WriteLine($"predict: '{file}' is not a model of this sample: {fault}");
}
