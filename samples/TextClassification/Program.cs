// Learns to tell the topic of a customer message with an LSTM, inside ML.NET.
//   dotnet run -c Release --project samples/TextClassification                              the whole way, on the data in samples/Data
//   dotnet run -c Release --project samples/TextClassification -- predict --model FILE.zip  label TAB probability for every line of standard input
using System.CommandLine;
using MlNetRnn.Samples.TextClassification;

var output = new Option<DirectoryInfo>("--output")
{
    Description = "Where model.zip, model.onnx and learning-curves.png go.",
    DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", "TextClassification")),
};
var model = new Option<FileInfo>("--model") { Description = "A model that this sample saved.", Required = true };

var predict = new Command("predict", "Reads one text a line from standard input and writes label TAB probability.") { model };
predict.SetAction(result => PredictCommand.Run(result.GetRequiredValue(model)));

var root = new RootCommand("Learns to tell the topic of a customer message with a recurrent network, inside ML.NET.") { output, predict };
root.SetAction(result => FirstRun.Run(result.GetRequiredValue(output)));
return root.Parse(args).Invoke();
