using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.TorchSharp;
using Microsoft.ML.TorchSharp.NasBert;
using Microsoft.ML.TorchSharp.NasBert.Models;

namespace MlNetRnn.Interop;

/// <summary>One application uses both libraries. This file imports the namespaces of both.</summary>
public class SideBySideTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>All trainers that the catalogs of Microsoft.ML.TorchSharp offer can be created in the same application.</summary>
    [Fact]
    public void Their_trainers_can_be_created()
    {
        var trainers = _ml.MulticlassClassification.Trainers;
        Assert.NotNull(trainers.TextClassification(sentence1ColumnName: "Text"));
        Assert.NotNull(trainers.NamedEntityRecognition());
        Assert.NotNull(trainers.QuestionAnswer());
        Assert.NotNull(_ml.Regression.Trainers.SentenceSimilarity());
    }

    /// <summary>Our trainer trains, saves, loads and scores between stock transforms after their assembly was loaded.</summary>
    [Fact]
    public void Our_trainers_work_after_theirs_were_loaded()
    {
        TextClassificationTrainer theirs = _ml.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: "Text");
        Assert.Contains(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly == theirs.GetType().Assembly);
        IDataView data = Messages.Load(_ml);
        ITransformer model = _ml.Transforms.Text.NormalizeText("Text")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_ml.MulticlassClassification.Trainers.RnnTextClassification(Messages.Tiny))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel")).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(stream.ToArray()), out _);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(loaded.Transform(data));
        Assert.Equal(1, metrics.MicroAccuracy);
        using var engine = _ml.Model.CreatePredictionEngine<Message, Prediction>(loaded);
        Assert.Equal("late", engine.Predict(new Message { Text = "my parcel is late" }).Answer);
    }

    /// <summary>
    /// Their column names are Sentence1 for the text, and PredictedLabel and Score for the predictions. The arguments for batch size, epochs and
    /// validation have the same names.
    /// </summary>
    [Fact]
    public void Our_text_classification_accepts_the_arguments_of_theirs()
    {
        IDataView messages = Messages.Load(_ml);
        IDataView data = _ml.Transforms.CopyColumns("Sentence1", "Text").Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .Fit(messages).Transform(messages);
        _ = _ml.MulticlassClassification.Trainers.TextClassification(
            labelColumnName: "Label", scoreColumnName: "Score", outputColumnName: "PredictedLabel", sentence1ColumnName: "Sentence1",
            batchSize: 8, maxEpochs: 2, validationSet: data);
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(
            labelColumnName: "Label", scoreColumnName: "Score", outputColumnName: "PredictedLabel", inputColumnName: "Sentence1",
            batchSize: 8, maxEpochs: 2, validationSet: data).Fit(data);
        Assert.NotNull(model.Transform(data).Schema.GetColumnOrNull("Score"));
    }

    /// <summary>Their entity recognition reads the words of a sentence from one text, with a key for each word. Our tagger can read the same columns.</summary>
    [Fact]
    public void Our_tagger_reads_the_columns_of_their_entity_recognition()
    {
        IDataView sentences = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new TaggedSentence
        {
            Sentence = i % 2 == 0 ? "Anna lives in Oslo ." : "It rains in Rome .",
            Label = i % 2 == 0 ? ["PERSON", "0", "0", "CITY", "0"] : ["0", "0", "0", "CITY", "0"],
        }).ToArray());
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(sentences).Transform(sentences);
        RnnTransformer tagger = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            InputColumnName = "Sentence",
            Text = new RnnTextOptions { Tokenization = RnnTokenization.Whitespace },
            Network = new RnnTaggingNetworkOptions { HiddenSize = 12, EmbeddingSize = 12 },
            Training = new RnnTrainingOptions { MaxEpochs = 20, LearningRate = 0.02f, Seed = 1, Threads = 1 },
        }).Fit(keyed);
        Assert.Equal(1, _ml.MulticlassClassification.EvaluateSequenceTagging(tagger.Transform(keyed)).TokenAccuracy);
    }

    /// <summary>
    /// Their training with TorchSharp 0.107 and an encoder of random weights instead of the file that it would download. It fails with current versions.
    /// If this test fails, a newer version works: then update docs/microsoft-ml-torchsharp.md and README.
    /// </summary>
    [Fact]
    public void Their_training_fails_with_TorchSharp_0_107()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1) { TempFilePath = folder.FullName };
        // From here on, TorchSharp's native library also loads on older Linux systems.
        _ = ml.MulticlassClassification.Trainers.RnnTextClassification();
        SaveEncoder(Path.Combine(Directory.CreateDirectory(folder.File("mlnet")).FullName, "NasBert2000000.tsm"));
        IDataView data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Messages.Load(ml)).Transform(Messages.Load(ml));
        var trainer = ml.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: "Text", batchSize: 4, maxEpochs: 1);
        Exception e = Record.Exception(() => trainer.Fit(data));
        Assert.NotNull(e);
        Assert.Contains("Tensor invalid -- empty handle", e.GetBaseException().Message);
    }

    /// <summary>Creates the encoder as their trainer does, and saves it.</summary>
    private static void SaveEncoder(string file)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        Type[] types = typeof(NasBertEncoder).Assembly.GetTypes();
        Type extensions = types.Single(type => type.Name == "TokenizerExtensions"), prediction = types.Single(type => type.Name == "ModelForPrediction");
        var environment = (IHostEnvironment)typeof(MLContext).GetField("_env", Instance)!.GetValue(new MLContext())!;
        object tokenizer = extensions.GetMethod("GetInstance", Static)!.Invoke(null, [environment.Start("test")])!;
        object model = extensions.GetMethod("RobertaModel", Static)!.Invoke(null, [tokenizer])!;
        object Of(string property) => model.GetType().GetProperty(property, Instance)!.GetValue(model)!;
        object[] arguments = [new TextClassificationTrainer.TextClassificationOptions(), Of("PadIndex"), Of("SymbolsCount"), 2];
        object network = Activator.CreateInstance(prediction, Instance, null, arguments, null)!;
        object encoder = prediction.GetMethod("GetEncoder", Instance)!.Invoke(network, null)!;
        ((global::TorchSharp.torch.nn.Module)encoder).save(file);
    }

    private sealed class Prediction
    {
        public string Answer { get; set; } = "";
    }

    private sealed class TaggedSentence
    {
        public string Sentence { get; set; } = "";

        public string[] Label { get; set; } = [];
    }
}
