using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.SequenceTagging;
using MlNetRnn.Samples.TextClassification;

namespace MlNetRnn.Samples.Serving;

/// <summary>Small models that are learned from the data of the samples in less than a minute, for whoever has none.</summary>
/// <param name="ml">ML.NET.</param>
/// <param name="folder">Where they go.</param>
internal sealed class BuiltInModels(MLContext ml, DirectoryInfo folder)
{
    private const string Answer = "Answer";

    /// <summary>Few epochs and small networks: enough to look at, less than the samples TextClassification and SequenceTagging reach in minutes.</summary>
    public RnnTextClassificationOptions TopicOptions { get; init; } = new()
    {
        Training = new RnnTrainingOptions { MaxEpochs = 8, LearningRate = 0.004f, Seed = 1 },
    };

    public RnnSequenceTaggingOptions EntityOptions { get; init; } = new()
    {
        LabelColumnName = "Entity",
        Training = new RnnTrainingOptions { MaxEpochs = 18, BatchSize = 8, WeightAveraging = 0.99f, Seed = 1 },
    };

    /// <summary>Learns what a message of a customer is about.</summary>
    /// <returns>The file of the model.</returns>
    public string Topics() => Learn("Topics of messages", "topics.zip", (progress, file) =>
    {
        IDataView messages = ml.Data.LoadFromTextFile<Message>(Data("messages-train.tsv"), separatorChar: '\t', hasHeader: true);
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Message.Topic)).Fit(messages).Transform(messages);
        RnnTextClassificationOptions options = TopicOptions with { Training = TopicOptions.Training with { Progress = progress } };
        RnnTransformer rnn = ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(keyed);
        // What is saved reads a text alone, no label.
        IDataView texts = ml.Data.LoadFromEnumerable<TextRow>([]);
        var model = new TransformerChain<ITransformer>(rnn, ml.Transforms.Conversion.MapKeyToValue(Answer, "PredictedLabel").Fit(rnn.Transform(texts)));
        ml.Model.Save(model, texts.Schema, file);
    });

    /// <summary>Learns to find names, places, organisations and dates in sentences.</summary>
    /// <returns>The file of the model.</returns>
    public string Entities() => Learn("Names, places and dates", "entities.zip", (progress, file) =>
    {
        IDataView sentences = ml.Data.LoadFromConll(Data("sentences.conll"), ("Tokens", 0), ("PartOfSpeech", 1), ("Entity", 2));
        RnnSequenceTaggingOptions options = EntityOptions with { Training = EntityOptions.Training with { Progress = progress } };
        new Tagger(ml, ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(sentences)).Save(file);
    });

    private static string Data(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);

    private string Learn(string what, string name, Action<IProgress<RnnTrainingProgress>, string> learn)
    {
        try
        {
            folder.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileException($"--output {folder}: {e.Message}");
        }
        string file = Path.Combine(folder.FullName, name);
        var line = new LearningLine(what);
        // Written beside it and renamed: another service may be serving the old one, and must never see half a file.
        learn(line, $"{file}.new");
        File.Move($"{file}.new", file, overwrite: true);
        line.End(file);
        return file;
    }
}
