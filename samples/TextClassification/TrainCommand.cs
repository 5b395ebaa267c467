using System.CommandLine;
using Microsoft.ML;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>Trains on the user's own files: read → train → measure → save.</summary>
internal static class TrainCommand
{
    public static int Run(TrainSettings settings, ParseResult result) => TrainingRun.Guard("train", () => Train(settings, result));

    private static void Train(TrainSettings settings, ParseResult result)
    {
        TextTask task = TextTask.Create(result.GetRequiredValue(settings.Task));
        MLContext ml = TrainingRun.Context(result.GetValue(settings.Seed));
        settings.RefuseUnwritable(result);
        string[] test = InputFiles.Of(result, settings.Test);
        RnnNetworkOptions network = settings.Network(result);
        Examples examples = settings.Table.Read(result, ml, task, InputFiles.Of(result, settings.Train), InputFiles.Of(result, settings.Validation), test);

        Trained<Learned> trained = TrainingView.Run(progress => task.Learn(ml, examples, network, settings.Text(result), settings.Training(result, progress)));
        Learned learned = trained.Model;
        if (result.GetValue(settings.Model) is { } model) ml.Model.Save(learned.Chain, learned.InputSchema, model.FullName);
        if (result.GetValue(settings.Onnx) is { } onnx) learned.Rnn.SaveAsOnnx(onnx.FullName);
        Console.WriteLine($"Measured on {(test.Length > 0 ? InputFiles.InWords(test) : "the validation rows, which also chose the best epoch (no --test)")}:");
        foreach ((string name, double value) in task.Measure(ml, learned, examples)) TrainingRun.Print(name, value, "F4");
        TrainingRun.Print("TrainSeconds", trained.Seconds, "F1");
        TrainingRun.Print("TrainTokensPerSecond", trained.TokensPerSecond, "F0");
        TrainingRun.Print("ScoreRowsPerSecond", examples.RowsPerSecond(ml, learned), "F0");
    }
}
