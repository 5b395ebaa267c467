using Microsoft.ML;

namespace MlNetRnn.Samples;

/// <summary>The model file of `predict`, and of other commands that need a model only.</summary>
public static class SavedModel
{
    /// <summary>Loads a model and prepares it; writes one line to standard error if it is not a model of this sample.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bind">Prepares a loaded model; throws if it is not a model of this sample.</param>
    /// <param name="command">The command, for messages.</param>
    public static T? Load<T>(FileInfo file, Func<MLContext, ITransformer, T> bind, string command = "predict")
        where T : class => Load(file, (ml, model, _) => bind(ml, model), command);

    /// <summary>The same for a model that needs the schema of its training data.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bind">Prepares a loaded model, given this schema; throws if it is not a model of this sample.</param>
    /// <param name="command">The command, for messages.</param>
    public static T? Load<T>(FileInfo file, Func<MLContext, ITransformer, DataViewSchema, T> bind, string command = "predict")
        where T : class
    {
        if (!file.Exists)
        {
            Console.Error.WriteLine($"{command}: {file}: there is no such file");
            return null;
        }
        var ml = new MLContext();
        try
        {
            if (ModelFault.OfFile(file.FullName) is not { } fault) return bind(ml, ml.Model.Load(file.FullName, out DataViewSchema schema), schema);
            Refuse(command, file, fault);
        }
        catch (Exception e)
        {
            Refuse(command, file, ModelFault.Of(e));
        }
        return null;
    }

    private static void Refuse(string command, FileInfo file, string fault) =>
        Console.Error.WriteLine($"{command}: '{file}' is not a model of this sample: {fault}");
}
