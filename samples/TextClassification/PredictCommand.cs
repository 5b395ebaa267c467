using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>Loads a model and predicts for every line of standard input. Nothing here knows how the model was trained.</summary>
internal static class PredictCommand
{
    public static int Run(FileInfo file)
    {
        var ml = new MLContext();
        PredictionEngine<Message, Prediction> engine;
        try
        {
            engine = ml.Model.CreatePredictionEngine<Message, Prediction>(ml.Model.Load(file.FullName, out _));
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"predict: '{file}' is no model of this sample: {Cause(e).Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        while (Console.ReadLine() is { } text)
        {
            Prediction prediction = engine.Predict(new Message { Text = text });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{prediction.PredictedLabel}\t{prediction.Score.Max():F4}"));
        }
        return 0;
    }

    // ML.NET wraps what a loader says, and .NET what a zip reader says: the deepest message about a format is the one to show.
    private static Exception Cause(Exception e)
    {
        var chain = new List<Exception>();
        for (Exception? link = e; link is not null; link = link.InnerException) chain.Add(link);
        return chain.OfType<FormatException>().LastOrDefault() ?? chain[^1];
    }
}
