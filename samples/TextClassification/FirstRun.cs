using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Texts;
using Spectre.Console;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>The complete workflow: data → pipeline → training → evaluation → saved model → fresh process → prediction.</summary>
internal static class FirstRun
{
    public static int Run(DirectoryInfo output)
    {
        output.Create();
        string modelFile = Path.Combine(output.FullName, "model.zip");
        var ml = new MLContext(seed: 1);
        IDataView train = Load(ml, "messages-train.tsv"), test = Load(ml, "messages-test.tsv");
        AnsiConsole.MarkupLine("[bold]What is a customer message about?[/] An LSTM is trained inside ML.NET to answer.\n");

        ITransformer keys = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Message.Topic)).Fit(train);
        IDataView keyedTrain = keys.Transform(train), keyedTest = keys.Transform(test);

        Trained<TransformerChain<RnnTransformer>> trained = Train(ml, keyedTrain);
        TransformerChain<RnnTransformer> rnn = trained.Model;
        Console.WriteLine($"{trained}\n");

        IDataView scored = rnn.Transform(keyedTest);
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored);
        Report.Comparison(("LSTM (this library)", metrics), (LinearModel.Name, EvaluateLinear(ml, keyedTrain, keyedTest)));
        Report.ConfusionMatrix(metrics.ConfusionMatrix, scored.Schema["Score"]);

        Save(ml, rnn, modelFile);
        LearningCurves.Draw(trained.Epochs, "message", "messages", Path.Combine(output.FullName, "learning-curves.png"));
        VanishingGradients.Show(ml, [.. ml.Data.CreateEnumerable<Message>(train, reuseRowObject: false)], Path.Combine(output.FullName, "elman-and-lstm.png"));
        Console.WriteLine($"Written to {output.FullName}:\n  model.zip, model.onnx with model.vocabulary.json, learning-curves.png, elman-and-lstm.png\n");

        AnsiConsole.MarkupLine("[bold]A fresh process loads model.zip and predicts[/] (label, probability):");
        (int exitCode, string[] answers) = FreshProcess.Predict(modelFile, Questions.All);
        Questions.Print(answers);
        return exitCode;
    }

    private static IDataView Load(MLContext ml, string file) =>
        ml.Data.LoadFromTextFile<Message>(Path.Combine(AppContext.BaseDirectory, "Data", file), separatorChar: '\t', hasHeader: true);

    private static Trained<TransformerChain<RnnTransformer>> Train(MLContext ml, IDataView data) => TrainingView.Run(progress =>
    {
        var options = new RnnTextClassificationOptions
        {
            Training = new RnnTrainingOptions { Progress = progress },
        };
        return new EstimatorChain<RnnTransformer>().Append(ml.MulticlassClassification.Trainers.RnnTextClassification(options)).Fit(data);
    });

    private static MulticlassClassificationMetrics EvaluateLinear(MLContext ml, IDataView train, IDataView test) =>
        ml.MulticlassClassification.Evaluate(LinearModel.Create(ml).Fit(train).Transform(test));

    /// <summary>Saves a chain that reads a text and predicts the label as text; it needs no label column.</summary>
    private static void Save(MLContext ml, TransformerChain<RnnTransformer> rnn, string file)
    {
        IDataView texts = ml.Data.LoadFromEnumerable<TextRow>([]);
        ITransformer withText = rnn.Append(ml.Transforms.Conversion.MapKeyToValue(TextTask.Answer, "PredictedLabel").Fit(rnn.Transform(texts)));
        ml.Model.Save(withText, texts.Schema, file);
        rnn.LastTransformer.SaveAsOnnx(Path.ChangeExtension(file, ".onnx"));
    }
}
