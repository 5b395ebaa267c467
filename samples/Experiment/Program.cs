// Finds out which options of a recurrent network are best for some data, inside ML.NET, and whether a linear model is enough.
//   dotnet run -c Release --project samples/Experiment                                          60 seconds of search on the messages in samples/Data
//   dotnet run -c Release --project samples/Experiment -- --train FILE --validation FILE --model M.zip  the same on files of one's own (--help lists all options)
//   dotnet run -c Release --project samples/Experiment -- predict --model M.zip                 an answer for every line of standard input
using MlNetRnn.Samples;
using MlNetRnn.Samples.Experiment;

var settings = new SearchSettings();
return new SampleProgram(
    SearchSettings.Program,
    "Finds the best options of a recurrent network for some data, inside ML.NET. Without --train: the whole way on built-in data.",
    (result, output) => SearchCommand.Run(settings, result, output),
    settings.All,
    "Reads one text a line from standard input and writes label TAB probability; for a model of tags it reads sentences or frames as the sample SequenceTagging does, and writes tags.",
    PredictCommand.Run).Run(args);
