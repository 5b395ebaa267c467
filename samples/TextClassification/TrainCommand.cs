using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>Learns from the user's own file: read → pipeline → train → measure → save.</summary>
internal static class TrainCommand
{
    public static int Run(TrainSettings settings, ParseResult result)
    {
        try
        {
            Train(settings, result);
            return 0;
        }
        catch (Exception e) when (e is FileException or FormatException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            string message = e.Message.ReplaceLineEndings(" ");
            int parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
            Console.Error.WriteLine($"train: {(parameter < 0 ? message : message[..parameter])}");
            return 1;
        }
    }

    private static void Train(TrainSettings settings, ParseResult result)
    {
        TextTask task = TextTask.Create(result.GetRequiredValue(settings.Task));
        var ml = new MLContext(result.GetValue(settings.Seed));
        ml.Log += (_, e) =>
        {
            bool isOurs = e.Source is { } source && source.StartsWith("Rnn", StringComparison.Ordinal);
            if (isOurs && e.Kind == ChannelMessageKind.Warning) Console.WriteLine($"warning: {e.RawMessage}");
            else if (isOurs && e.RawMessage.StartsWith("word vectors", StringComparison.Ordinal)) Console.WriteLine(e.RawMessage);
        };

        foreach (FileInfo? file in new[] { result.GetValue(settings.Model), result.GetValue(settings.Onnx) })
            if (file is not null) RefuseUnwritable(file);
        TableFile trainTable = settings.Table(result, result.GetRequiredValue(settings.Train));
        Columns columns = Columns.Of(trainTable, result.GetValue(settings.TextColumn), result.GetValue(settings.LabelColumn));
        Console.WriteLine($"Text in column {columns.Text}, label in column {columns.Label} (from 0).");
        Examples examples = Examples.Read(ml, task,
            new ExampleFile(trainTable, columns, task),
            Other(settings.Validation),
            Other(settings.Test));
        ExampleFile? Other(Option<FileInfo?> option) => result.GetValue(option) is { } file ? new ExampleFile(settings.Table(result, file), columns, task) : null;

        double tokensPerSecond = 0;
        int epochs = 0;
        Learned learned = null!;
        var watch = new Stopwatch();
        TrainingView.Run(screen =>
        {
            var training = new RnnTrainingOptions
            {
                MaxEpochs = result.GetValue(settings.Epochs),
                Seed = result.GetValue(settings.Seed),
                Threads = result.GetValue(settings.Threads),
                Progress = new Reports(p =>
                {
                    if (p.IsEndOfEpoch) (tokensPerSecond, epochs) = (tokensPerSecond + p.TokensPerSecond, epochs + 1);
                    screen.Report(p);
                }),
            };
            watch.Start();
            learned = task.Learn(ml, examples, settings.Network(result), settings.Text(result), training);
            watch.Stop();
        });

        if (result.GetValue(settings.Model) is { } model) ml.Model.Save(learned.Chain, learned.InputSchema, model.FullName);
        if (result.GetValue(settings.Onnx) is { } onnx) learned.Rnn.SaveAsOnnx(onnx.FullName);
        Console.WriteLine($"Measured on {(result.GetValue(settings.Test) is { } test ? test : "the validation rows, by which the best epoch was chosen (no --test)")}:");
        foreach ((string name, double value) in task.Measure(ml, learned, examples)) Print(name, value, "F4");
        Print("TrainSeconds", watch.Elapsed.TotalSeconds, "F1");
        Print("TrainTokensPerSecond", tokensPerSecond / Math.Max(epochs, 1), "F0");
        Print("ScoreRowsPerSecond", examples.RowsPerSecond(ml, learned), "F0");
    }

    /// <summary>Before the work, not after it.</summary>
    private static void RefuseUnwritable(FileInfo file)
    {
        bool wasThere = file.Exists;
        try
        {
            using (File.Open(file.FullName, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileException($"{file}: expected a file that can be written, got: {e.Message}");
        }
        if (!wasThere) File.Delete(file.FullName);
    }

    private static void Print(string name, double value, string format) => Console.WriteLine($"{name}: {value.ToString(format, CultureInfo.InvariantCulture)}");

    private sealed class Reports(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }
}
