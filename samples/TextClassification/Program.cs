// Learns to tell the class of a text with a recurrent network, inside ML.NET.
//   dotnet run -c Release --project samples/TextClassification                                   the whole way, on the data in samples/Data
//   dotnet run -c Release --project samples/TextClassification -- train --train FILE --model M.zip  the same on a file of one's own (--help lists all options)
//   dotnet run -c Release --project samples/TextClassification -- predict --model M.zip          label TAB probability for every line of standard input
using System.CommandLine;
using MlNetRnn.Samples.TextClassification;

var output = new Option<DirectoryInfo>("--output")
{
    Description = "Where the model and the pictures go.",
    DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", "TextClassification")),
};
var model = new Option<FileInfo>("--model") { Description = "A model that this sample saved.", Required = true };

var settings = new TrainSettings();
var predict = new Command("predict", "Reads one text a line from standard input and writes label TAB probability (for --task regression the number alone).") { model };
predict.SetAction(result => PredictCommand.Run(result.GetRequiredValue(model)));

var root = new RootCommand("Learns to tell the class or the rating of a text with a recurrent network, inside ML.NET. Without a command: the whole way on built-in data.")
{
    output, settings.Command(result => TrainCommand.Run(settings, result)), predict,
};
root.SetAction(result =>
{
    try
    {
        return FirstRun.Run(result.GetRequiredValue(output));
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"--output {result.GetRequiredValue(output)}: {e.Message}");
        return 1;
    }
});
return root.Parse(args).Invoke();
