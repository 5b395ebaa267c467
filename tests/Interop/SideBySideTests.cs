using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.TorchSharp;
using Microsoft.ML.TorchSharp.NasBert;
using Microsoft.ML.TorchSharp.NasBert.Models;

namespace MlNetRnn.Interop;

/// <summary>One application with both libraries: this file has the namespaces of both open, and compiles.</summary>
public class SideBySideTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Everything that the catalogs of Microsoft.ML.TorchSharp make can be made beside ours.</summary>
    [Fact]
    public void Their_trainers_are_constructed()
    {
        var trainers = _ml.MulticlassClassification.Trainers;
        Assert.All(
            new object[]
            {
                trainers.TextClassification(sentence1ColumnName: "Text"), trainers.NamedEntityRecognition(), trainers.QuestionAnswer(), _ml.Regression.Trainers.SentenceSimilarity(),
            }, Assert.NotNull);
    }

    /// <summary>Ours trains, saves, loads and scores where theirs is loaded, with stock transforms before and after, in the same catalog.</summary>
    [Fact]
    public void Our_trainers_work_where_theirs_are_loaded()
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

    /// <summary>The columns of theirs: Sentence1 for the text, PredictedLabel and Score for the answers, the same words for batch size, epochs and validation.</summary>
    [Fact]
    public void Our_text_classification_takes_the_arguments_of_theirs()
    {
        IDataView data = _ml.Transforms.CopyColumns("Sentence1", "Text").Append(_ml.Transforms.Conversion.MapValueToKey("Label")).Fit(Messages.Load(_ml)).Transform(Messages.Load(_ml));
        _ = _ml.MulticlassClassification.Trainers.TextClassification(labelColumnName: "Label", scoreColumnName: "Score", outputColumnName: "PredictedLabel", sentence1ColumnName: "Sentence1", batchSize: 8, maxEpochs: 2, validationSet: data);
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(labelColumnName: "Label", scoreColumnName: "Score", outputColumnName: "PredictedLabel", inputColumnName: "Sentence1", batchSize: 8, maxEpochs: 2, validationSet: data).Fit(data);
        Assert.NotNull(model.Transform(data).Schema.GetColumnOrNull("Score"));
    }

    /// <summary>Their entity recognition has the words of a sentence in one text and a key for each, our tagger may have the same.</summary>
    [Fact]
    public void Our_tagger_takes_the_columns_of_their_entity_recognition()
    {
        IDataView sentences = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new TaggedSentence
        {
            Sentence = i % 2 == 0 ? "Anna lives in Oslo ." : "It rains in Rome .", Label = i % 2 == 0 ? ["PERSON", "0", "0", "CITY", "0"] : ["0", "0", "0", "CITY", "0"],
        }).ToArray());
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(sentences).Transform(sentences);
        RnnTransformer tagger = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            InputColumnName = "Sentence", Text = new RnnTextOptions { Tokenization = RnnTokenization.Whitespace },
            Network = new RnnTaggingNetworkOptions { HiddenSize = 12, EmbeddingSize = 12 },
            Training = new RnnTrainingOptions { MaxEpochs = 20, LearningRate = 0.02f, Seed = 1, Threads = 1 },
        }).Fit(keyed);
        Assert.Equal(1, _ml.MulticlassClassification.EvaluateSequenceTagging(tagger.Transform(keyed)).TokenAccuracy);
    }

    /// <summary>
    /// What their training does beside TorchSharp 0.107, with an encoder of random weights in the place of the file that it would download. It fails today; where this test fails, a
    /// version has come that works: docs/microsoft-ml-torchsharp.md and README then have to change.
    /// </summary>
    [Fact]
    public void Their_training_fails_beside_TorchSharp_0_107()
    {
        string folder = Directory.CreateTempSubdirectory("mlnetrnn-interop-").FullName;
        try
        {
            var ml = new MLContext(seed: 1) { TempFilePath = folder };
            _ = ml.MulticlassClassification.Trainers.RnnTextClassification();       // from here on TorchSharp's native library loads on older Linux systems, too
            SaveEncoder(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "mlnet")).FullName, "NasBert2000000.tsm"));
            IDataView data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Messages.Load(ml)).Transform(Messages.Load(ml));
            Exception e = Record.Exception(() => ml.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: "Text", batchSize: 4, maxEpochs: 1).Fit(data));
            Assert.NotNull(e);
            Assert.Contains("Tensor invalid -- empty handle", e.GetBaseException().Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes the encoder as their trainer does, and saves it.</summary>
    private static void SaveEncoder(string file)
    {
        Assembly assembly = typeof(NasBertEncoder).Assembly;
        object tokenizer = assembly.GetTypes().Single(type => type.Name == "TokenizerExtensions").GetMethod("GetInstance", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(null, [((IHostEnvironment)new ConsoleEnvironmentAccess().Environment).Start("test")])!;
        object model = assembly.GetTypes().Single(type => type.Name == "TokenizerExtensions").GetMethod("RobertaModel", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(null, [tokenizer])!;
        object Of(string property) => model.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(model)!;
        Type prediction = assembly.GetTypes().Single(type => type.Name == "ModelForPrediction");
        object network = Activator.CreateInstance(prediction, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null,
            [new TextClassificationTrainer.TextClassificationOptions(), Of("PadIndex"), Of("SymbolsCount"), 2], null)!;
        object encoder = prediction.GetMethod("GetEncoder", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(network, null)!;
        ((global::TorchSharp.torch.nn.Module)encoder).save(file);
    }

    /// <summary>The environment of a context, which their tokenizer wants a channel of.</summary>
    private sealed class ConsoleEnvironmentAccess
    {
        public object Environment { get; } = typeof(MLContext).GetField("_env", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(new MLContext())!;
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
