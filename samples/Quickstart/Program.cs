using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 1);
IDataView train = ml.Data.LoadFromTextFile<Message>("samples/Data/messages-train.tsv", hasHeader: true);
var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Topic")
    .Append(ml.MulticlassClassification.Trainers.RnnTextClassification())
    .Append(ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));
ml.Model.Save(pipeline.Fit(train), train.Schema, "model.zip");

ITransformer model = new MLContext().Model.Load("model.zip", out _);
IDataView test = ml.Data.LoadFromTextFile<Message>("samples/Data/messages-test.tsv", hasHeader: true);
Console.WriteLine($"accuracy {ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy:P1}");

var engine = ml.Model.CreatePredictionEngine<Message, Prediction>(model);
Prediction answer = engine.Predict(new Message { Text = "Where is my parcel? It should have come on Monday." });
Console.WriteLine($"{answer.Answer} ({answer.Score.Max():P1})");

class Message { [LoadColumn(0)] public string Topic { get; set; } = ""; [LoadColumn(2)] public string Text { get; set; } = ""; }
class Prediction { public string Answer { get; set; } = ""; public float[] Score { get; set; } = []; }
