// Trains two-dimensional recurrent networks on images inside ML.NET: a class for each image, or for each pixel.
//   dotnet run -c Release --project samples/Grid                                                                  a demo on shapes that it draws
//   dotnet run -c Release --project samples/Grid -- train --images I --labels L --test-images I --test-labels L   the same on IDX files, such as MNIST
//   dotnet run -c Release --project samples/Grid -- train --folder DIR --model M.zip                              or on folders of images, one for each class
//   dotnet run -c Release --project samples/Grid -- predict --model M.zip IMAGE...                                a class for every image
using MlNetRnn.Samples;
using MlNetRnn.Samples.Grid;

var train = new TrainSettings();
var predict = new PredictImageSettings();
return new SampleProgram(
    "Grid",
    "Trains two-dimensional recurrent networks on images, inside ML.NET: a class for each image, or for each pixel. Without a command: a demo on shapes that "
        + "it draws.",
    (_, output) => FirstRun.Run(output),
    [train.Command(result => TrainCommand.Run(train, result)), predict.Command(result => PredictCommand.Run(predict, result))])
    .Run(args);
