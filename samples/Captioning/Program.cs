// Trains a captioning model on the features of a CNN inside ML.NET, and captions images.
//   dotnet run -c Release --project samples/Captioning                                                          a demo on pictures that it draws
//   dotnet run -c Release --project samples/Captioning -- train --images FOLDER --captions FILE.tsv --model M.zip     the same on your own images
//   dotnet run -c Release --project samples/Captioning -- caption --model M.zip IMAGE...                              a caption for every image
using MlNetRnn.Samples;
using MlNetRnn.Samples.Captioning;

var train = new TrainSettings();
var caption = new CaptionSettings();
return new SampleProgram(
    "Captioning",
    "Trains a captioning model on the features of a CNN, inside ML.NET, and captions images. Without a command: a demo on pictures that it draws.",
    (_, output) => FirstRun.Run(output),
    [train.Command(result => TrainCommand.Run(train, result)), caption.Command(result => CaptionCommand.Run(caption, result))])
    .Run(args);
