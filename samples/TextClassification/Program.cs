// Learns to tell the class of a text with a recurrent network, inside ML.NET.
//   dotnet run -c Release --project samples/TextClassification                                   the whole way, on the data in samples/Data
//   dotnet run -c Release --project samples/TextClassification -- train --train FILE --model M.zip  the same on a file of one's own (--help lists all options)
//   dotnet run -c Release --project samples/TextClassification -- predict --model M.zip          label TAB probability for every line of standard input
using MlNetRnn.Samples;
using MlNetRnn.Samples.TextClassification;

var settings = new TrainSettings();
return new SampleProgram(
    "TextClassification",
    "Learns to tell the class or the rating of a text with a recurrent network, inside ML.NET. Without a command: the whole way on built-in data.",
    (_, output) => FirstRun.Run(output),
    [settings.Command(result => TrainCommand.Run(settings, result))],
    "Reads one text a line from standard input and writes label TAB probability (for --task regression the number alone).",
    PredictCommand.Run).Run(args);
