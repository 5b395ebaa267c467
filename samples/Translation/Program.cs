// Trains a translation model with an encoder-decoder network inside ML.NET, translates and scores.
//   dotnet run -c Release --project samples/Translation                                           a demo on dates and three small languages
//   dotnet run -c Release --project samples/Translation -- train --train FILE.tsv --model M.zip    the same on your own pairs (--help lists all options)
//   dotnet run -c Release --project samples/Translation -- translate --model M.zip                 a translation for every line
//   dotnet run -c Release --project samples/Translation -- score --model M.zip                     log-probability TAB perplexity for every pair
using MlNetRnn.Samples;
using MlNetRnn.Samples.Translation;

var train = new TrainSettings();
var translate = new TranslateSettings();
return new SampleProgram(
    "Translation",
    "Trains a translation model with an encoder-decoder network, inside ML.NET; translates and scores. Without a command: a demo on built-in data.",
    (_, output) => FirstRun.Run(output),
    [
        train.Command(result => TrainCommand.Run(train, result)), translate.Command(result => TranslateCommand.Run(translate, result)), ScoreCommand.Create(),
    ])
    .Run(args);
