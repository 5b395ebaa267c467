// Trains a text classifier with a recurrent network inside ML.NET.
//   dotnet run -c Release --project samples/TextClassification                                     a demo on the data in samples/Data
//   dotnet run -c Release --project samples/TextClassification -- train --train FILE --model M.zip   the same on your own file (--help lists all options)
//   dotnet run -c Release --project samples/TextClassification -- predict --model M.zip            label TAB probability for every line of standard input
using MlNetRnn.Samples;
using MlNetRnn.Samples.TextClassification;
using MlNetRnn.Samples.Texts;

var settings = new TrainSettings();
return new SampleProgram(
    "TextClassification",
    "Trains a classifier or a rating model for texts with a recurrent network, inside ML.NET. Without a command: a demo on built-in data.",
    (_, output) => FirstRun.Run(output),
    [settings.Command(result => TrainCommand.Run(settings, result))],
    new PredictSettings(
        "Reads UTF-8 text from standard input, one text per line, and writes a line for each: label TAB probability (for --task regression only the number). "
        + "Line breaks and tabs in labels are written as \\n and \\t.",
        (_, model) => TextPredictCommand.Run(model))).Run(args);
