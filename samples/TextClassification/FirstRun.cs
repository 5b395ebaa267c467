using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>The whole way: data → pipeline → training → evaluation → saved model → fresh process → prediction.</summary>
internal static class FirstRun
{
    private static readonly string[] Questions =
    [
        "Where is my parcel? The tracking page has said 'out for delivery' since Monday.",
        "You charged my card twice for the same order, please send a corrected invoice",
        "cant log in since yesterday, reset link never arrives",
        "Does the garden table come in oak, and is it weatherproof?",
        "The blender stopped working after two smoothies. Error E3.",
    ];

    public static int Run(DirectoryInfo output)
    {
        output.Create();
        string modelFile = Path.Combine(output.FullName, "model.zip");
        var ml = new MLContext(seed: 1);
        IDataView train = Load(ml, "messages-train.tsv"), test = Load(ml, "messages-test.tsv");
        AnsiConsole.MarkupLine("[bold]Which topic is a customer message about?[/] An LSTM learns it, inside an ML.NET pipeline.\n");

        ITransformer keys = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Message.Topic)).Fit(train);
        IDataView keyedTrain = keys.Transform(train), keyedTest = keys.Transform(test);

        var curve = new List<RnnTrainingProgress>();
        var watch = Stopwatch.StartNew();
        TransformerChain<RnnTransformer> rnn = Train(ml, keyedTrain, curve);
        AnsiConsole.MarkupLine($"Trained in {watch.Elapsed.TotalSeconds:F1} s; kept epoch {curve.Last(epoch => epoch.IsBest).Epoch} of {curve.Count}, the best on the tenth of the training data that was held out.\n");

        IDataView scored = rnn.Transform(keyedTest);
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored);
        Report.Comparison(("LSTM (this library)", metrics), ("ML.NET FeaturizeText + SdcaMaximumEntropy", EvaluateLinear(ml, keyedTrain, keyedTest)));
        Report.ConfusionMatrix(metrics.ConfusionMatrix, scored.Schema["Score"]);

        Save(ml, rnn, keyedTrain.Schema, modelFile);
        LearningCurves.Draw(curve, Path.Combine(output.FullName, "learning-curves.png"));
        AnsiConsole.WriteLine($"Written to {output.FullName}: model.zip, model.onnx with model.vocabulary.json, learning-curves.png\n");

        AnsiConsole.MarkupLine("[bold]A fresh process loads model.zip and predicts[/] (label, probability):");
        return FreshProcess.Predict(modelFile, Questions);
    }

    private static IDataView Load(MLContext ml, string file) =>
        ml.Data.LoadFromTextFile<Message>(Path.Combine(AppContext.BaseDirectory, "Data", file), separatorChar: '\t', hasHeader: true);

    private static TransformerChain<RnnTransformer> Train(MLContext ml, IDataView data, List<RnnTrainingProgress> curve)
    {
        TransformerChain<RnnTransformer>? model = null;
        TrainingView.Run(progress =>
        {
            var options = new RnnTextClassificationOptions
            {
                Training = new RnnTrainingOptions { Progress = new Both(curve, progress) },
            };
            model = new EstimatorChain<RnnTransformer>().Append(ml.MulticlassClassification.Trainers.RnnTextClassification(options)).Fit(data);
        });
        return model!;
    }

    private static MulticlassClassificationMetrics EvaluateLinear(MLContext ml, IDataView train, IDataView test)
    {
        ITransformer linear = ml.Transforms.Text.FeaturizeText("Features", nameof(Message.Text))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy())
            .Fit(train);
        return ml.MulticlassClassification.Evaluate(linear.Transform(test));
    }

    /// <summary>The saved chain takes a text and gives the label back as text; it needs no label column.</summary>
    private static void Save(MLContext ml, TransformerChain<RnnTransformer> rnn, DataViewSchema schema, string file)
    {
        ITransformer withText = rnn.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(rnn.Transform(ml.Data.LoadFromEnumerable<Message>([]))));
        ml.Model.Save(withText, schema, file);
        rnn.LastTransformer.SaveAsOnnx(Path.ChangeExtension(file, ".onnx"));
    }

    /// <summary>Keeps the ends of epochs for the plot and passes every report on to the screen.</summary>
    private sealed class Both(List<RnnTrainingProgress> epochs, IProgress<RnnTrainingProgress> screen) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value)
        {
            if (value.IsEndOfEpoch) epochs.Add(value);
            screen.Report(value);
        }
    }
}
