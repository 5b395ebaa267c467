// Trains with a checkpoint folder. It can kill its own process in the middle of an epoch, as `kill -9` does.
//   InterruptedTraining MODEL.zip FOLDER EPOCH: kills the process after this epoch; 0 to finish
//   InterruptedTraining language MODEL.zip FOLDER EPOCH: the same with a language model
//   InterruptedTraining translation MODEL.zip FOLDER EPOCH: the same with a translation model
//   InterruptedTraining search MODEL.zip FOLDER TRIAL: searches options and kills the process in the middle of this trial; -1 to finish
using System.Diagnostics;
using Microsoft.ML;
using MlNetRnn;

if (args[0] == "search")
{
    Search.Run(args[1], args[2], int.Parse(args[3]));
    return;
}

string kind = args[0] is "language" or "translation" ? args[0] : "classifier";
if (kind != "classifier") args = args[1..];
(string model, string folder, int killAfter) = (args[0], args[1], int.Parse(args[2]));
var ml = new MLContext(1);
IDataView rows = Messages.Load(ml, 60);
IDataView data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
var training = new RnnTrainingOptions
{
    Seed = 1,
    Threads = 1,
    MaxEpochs = 6,
    BatchSize = 8,
    ValidationFraction = 0.3,
    CheckpointFolder = folder,
    Progress = new Killer(killAfter),
};
ml.Model.Save(kind switch { "language" => LanguageModel(), "translation" => Translation(), _ => Classifier() }, data.Schema, model);

ITransformer Classifier() => ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions
{
    Network = new RnnNetworkOptions { EmbeddingSize = 8, HiddenSize = 9 },
    Training = training,
}).Fit(data);

ITransformer LanguageModel() => ml.Transforms.Text.RnnLanguageModel(new RnnLanguageModelOptions
{
    JoinRows = true,
    BackpropagationSteps = 16,
    Network = new RnnLanguageNetworkOptions { EmbeddingSize = 8, HiddenSize = 9 },
    Training = training,
}).Fit(data);

ITransformer Translation() => ml.Transforms.Text.RnnTranslation(new RnnTranslationOptions
{
    SourceColumnName = "Text",
    TargetColumnName = "Label",
    Unit = RnnLanguageUnit.Word,
    Sampling = RnnTargetSampling.Scheduled,
    ValidationTranslations = 5,
    Network = new RnnTranslationNetworkOptions { EmbeddingSize = 8, HiddenSize = 9 },
    Training = training,
}).Fit(rows);

/// <summary>Kills the process at the second batch after an epoch, without any cleanup.</summary>
internal sealed class Killer(int after) : IProgress<RnnTrainingProgress>
{
    public void Report(RnnTrainingProgress value)
    {
        if (after > 0 && value.Epoch == after + 1 && value.Batch == 2) Process.GetCurrentProcess().Kill();
    }
}
