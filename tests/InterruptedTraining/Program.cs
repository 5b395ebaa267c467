// Trains with a checkpoint folder and, where it is told to, kills itself as `kill -9` would in the middle of an epoch.
//   InterruptedTraining MODEL.zip FOLDER EPOCH: killed after this epoch; 0 for never
//   InterruptedTraining search MODEL.zip FOLDER TRIAL: searches options, killed in the middle of this trial; -1 for never
using System.Diagnostics;
using Microsoft.ML;
using MlNetRnn;

if (args[0] == "search")
{
    Search.Run(args[1], args[2], int.Parse(args[3]));
    return;
}

(string model, string folder, int killAfter) = (args[0], args[1], int.Parse(args[2]));
var ml = new MLContext(1);
string[] words = ["late", "double", "locked"];
IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row { Label = words[i % 3], Text = $"{words[i % 3]} word{i % 7} word{i % 5}" }).ToArray());
IDataView data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
var options = new RnnTextClassificationOptions
{
    Network = new RnnNetworkOptions { EmbeddingSize = 8, HiddenSize = 9 },
    Training = new RnnTrainingOptions { Seed = 1, Threads = 1, MaxEpochs = 6, BatchSize = 8, ValidationFraction = 0.3, CheckpointFolder = folder, Progress = new Killer(killAfter) },
};
ml.Model.Save(ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(data), data.Schema, model);

/// <summary>Ends the process at the second batch after an epoch, with no chance to tidy up.</summary>
internal sealed class Killer(int after) : IProgress<RnnTrainingProgress>
{
    public void Report(RnnTrainingProgress value)
    {
        if (after > 0 && value.Epoch == after + 1 && value.Batch == 2) Process.GetCurrentProcess().Kill();
    }
}
