// Searches for the best options of a recurrent network for some data, inside ML.NET, and compares it with a linear model.
//   dotnet run -c Release --project samples/Experiment                                          60 seconds of search on the messages in samples/Data
//   dotnet run -c Release --project samples/Experiment -- --train FILE --validation FILE --model M.zip  the same on your own files (--help lists all options)
//   dotnet run -c Release --project samples/Experiment -- predict --model M.zip                 an answer for every line of standard input
using MlNetRnn.Samples;
using MlNetRnn.Samples.Experiment;
using MlNetRnn.Samples.Tags;

var settings = new SearchSettings();
var predict = new PredictOptions();
return new SampleProgram(
    SearchSettings.Program,
    "Searches for the best options of a recurrent network for some data, inside ML.NET. Without --train: a demo on built-in data.",
    (result, output) => SearchCommand.Run(settings, result, output),
    settings.All,
    new PredictSettings(
        "Reads UTF-8 text from standard input, one text a line, and writes label TAB probability for each; for a model of tags it reads sentences, CoNLL-U or frames as the sample "
        + "SequenceTagging does, and writes tags.",
        (result, model) => PredictCommand.Run(model, predict.Of(result)),
        predict.All)).Run(args);
