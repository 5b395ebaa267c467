using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>Learns from the user's own file: read → pipeline → train → measure → save.</summary>
internal static class TrainCommand
{
    public static int Run(TrainSettings settings, ParseResult result) => TrainingRun.Guard("train", () => Train(settings, result));

    private static void Train(TrainSettings settings, ParseResult result)
    {
        TextTask task = TextTask.Create(result.GetRequiredValue(settings.Task));
        MLContext ml = TrainingRun.Context(result.GetValue(settings.Seed));
        settings.RefuseUnwritable(result);
        Examples examples = settings.Table.Read(result, ml, task, result.GetRequiredValue(settings.Train), result.GetValue(settings.Validation), result.GetValue(settings.Test));

        Trained<Learned> trained = TrainingView.Run(progress => task.Learn(ml, examples, settings.Network(result), settings.Text(result), settings.Training(result, progress)));
        Learned learned = trained.Model;
        if (result.GetValue(settings.Model) is { } model) ml.Model.Save(learned.Chain, learned.InputSchema, model.FullName);
        if (result.GetValue(settings.Onnx) is { } onnx) learned.Rnn.SaveAsOnnx(onnx.FullName);
        Console.WriteLine($"Measured on {(result.GetValue(settings.Test) is { } test ? test : "the validation rows, by which the best epoch was chosen (no --test)")}:");
        foreach ((string name, double value) in task.Measure(ml, learned, examples)) TrainingRun.Print(name, value, "F4");
        TrainingRun.Print("TrainSeconds", trained.Seconds, "F1");
        TrainingRun.Print("TrainTokensPerSecond", trained.TokensPerSecond, "F0");
        TrainingRun.Print("ScoreRowsPerSecond", examples.RowsPerSecond(ml, learned), "F0");
    }
}
