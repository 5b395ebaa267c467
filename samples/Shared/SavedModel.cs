using Microsoft.ML;

namespace MlNetRnn.Samples;

/// <summary>The file that `predict` is given.</summary>
internal static class SavedModel
{
    /// <summary>Loads it and makes it ready; where it is no model of this sample, says so in one line on standard error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bind">Makes a loaded model ready; throws where it is none of this sample.</param>
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
            return bind(ml, ml.Model.Load(file.FullName, out _));
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"predict: '{file}' is no model of this sample: {Cause(e).Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    // ML.NET wraps what a loader says, and .NET what a zip reader says: the deepest message about a format is the one to show.
    private static Exception Cause(Exception e)
    {
        var chain = new List<Exception>();
        for (Exception? link = e; link is not null; link = link.InnerException) chain.Add(link);
        return chain.OfType<FormatException>().LastOrDefault() ?? chain[^1];
    }
}
