using Microsoft.ML;
using MlNetRnn.Files;

namespace MlNetRnn.Samples;

/// <summary>The model file of `predict`.</summary>
internal static class SavedModel
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
            if (ModelArchive.FaultOf(file.FullName) is not { } fault) return bind(ml, ml.Model.Load(file.FullName, out _));
            Refuse(file, fault);
        }
        catch (Exception e)
        {
            Refuse(file, Cause(e).Message);
        }
        return null;
    }

    private static void Refuse(FileInfo file, string fault) => Console.Error.WriteLine($"predict: '{file}' is not a model of this sample: {fault.ReplaceLineEndings(" ")}");

    // ML.NET wraps the exception of a loader, and .NET that of a zip reader: the innermost message about a format is the useful one.
    private static Exception Cause(Exception e)
    {
        var chain = new List<Exception>();
        for (Exception? link = e; link is not null; link = link.InnerException) chain.Add(link);
        return chain.OfType<FormatException>().LastOrDefault() ?? chain[^1];
    }
}
