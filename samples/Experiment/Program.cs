// Searches for the best options of a recurrent network for your data, inside ML.NET, and compares it with a linear model.
//   dotnet run -c Release --project samples/Experiment                                        60 seconds of search on the messages in samples/Data
//   dotnet run -c Release --project samples/Experiment -- --train FILE --model M.zip          the same on your own file (--help lists all options)
//   dotnet run -c Release --project samples/Experiment -- predict --model M.zip               a prediction for every line of standard input
using MlNetRnn.Samples;
using MlNetRnn.Samples.Experiment;
using MlNetRnn.Samples.Tags;

var settings = new SearchSettings();
var predict = new PredictOptions();
return new SampleProgram(
    SearchSettings.Program,
    "Searches for the best options of a recurrent network for your data, inside ML.NET. Without --train: a demo on built-in data.",
    (result, output) => SearchCommand.Run(settings, result, output),
    settings.All,
    new PredictSettings(
        "Reads UTF-8 text from standard input, one text per line, and writes a line for each: label TAB probability. "
        + "For a tagger, input and output are those of the sample SequenceTagging.",
        (result, model) => PredictCommand.Run(model, predict.Of(result)),
        predict.All)).Run(args);
