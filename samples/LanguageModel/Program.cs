// Trains a language model on a text with a recurrent network inside ML.NET, generates text and scores it.
//   dotnet run -c Release --project samples/LanguageModel                                       a demo on sources and guides of this repository
//   dotnet run -c Release --project samples/LanguageModel -- train --text FILE --model M.zip     the same on your own text (--help lists all options)
//   dotnet run -c Release --project samples/LanguageModel -- generate --model M.zip              a text on standard output
//   dotnet run -c Release --project samples/LanguageModel -- score --model M.zip                 log-probability TAB perplexity for every line
using MlNetRnn.Samples;
using MlNetRnn.Samples.LanguageModel;

var train = new TrainSettings();
var generate = new GenerateSettings();
return new SampleProgram(
    "LanguageModel",
    "Trains a language model on a text with a recurrent network, inside ML.NET; generates text and scores it. Without a command: a demo on built-in text.",
    (_, output) => FirstRun.Run(output),
    [train.Command(result => TrainCommand.Run(train, result)), generate.Command(result => GenerateCommand.Run(generate, result)), ScoreCommand.Create()])
    .Run(args);
