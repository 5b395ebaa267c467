using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Tags;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Serving;

/// <summary>Small models for a first run, trained on the data of the samples in less than a minute.</summary>
/// <param name="ml">ML.NET.</param>
/// <param name="folder">The folder for the model files.</param>
internal sealed class BuiltInModels(MLContext ml, DirectoryInfo folder)
{
    private const string Answer = "Answer";

    /// <summary>
    /// The options of the classifier. Few epochs: enough to try the service, less accurate than the models that the samples TextClassification and
    /// SequenceTagging train in minutes.
    /// </summary>
    public RnnTextClassificationOptions TopicOptions { get; init; } = new()
    {
        Training = new RnnTrainingOptions { MaxEpochs = 8, LearningRate = 0.004f, Seed = 1 },
    };

    /// <summary>The options of the tagger.</summary>
    public RnnSequenceTaggingOptions EntityOptions { get; init; } = new()
    {
        LabelColumnName = "Entity",
        Training = new RnnTrainingOptions { MaxEpochs = 18, BatchSize = 8, ExponentialMovingAverage = 0.99f, Seed = 1 },
    };

    /// <summary>Trains a classifier of the topics of customer messages.</summary>
    /// <returns>The file of the model.</returns>
    public string Topics() => Train("Topics of messages", "topics.zip", (progress, file) =>
    {
        IDataView messages = ml.Data.LoadFromTextFile<Message>(Data("messages-train.tsv"), separatorChar: '\t', hasHeader: true);
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Message.Topic)).Fit(messages).Transform(messages);
        RnnTextClassificationOptions options = TopicOptions with { Training = TopicOptions.Training with { Progress = progress } };
        RnnTransformer rnn = ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(keyed);
        // The saved model reads a text only, no label.
        IDataView texts = ml.Data.LoadFromEnumerable<TextRow>([]);
        var model = new TransformerChain<ITransformer>(rnn, ml.Transforms.Conversion.MapKeyToValue(Answer, "PredictedLabel").Fit(rnn.Transform(texts)));
        ml.Model.Save(model, texts.Schema, file);
    });

    /// <summary>Trains a tagger of names, places, organizations and dates in sentences.</summary>
    /// <returns>The file of the model.</returns>
    public string Entities() => Train("Names, places and dates", "entities.zip", (progress, file) =>
    {
        IDataView sentences = ml.Data.LoadFromConll(Data("sentences.conll"), ("Tokens", 0), ("PartOfSpeech", 1), ("Entity", 2));
        RnnSequenceTaggingOptions options = EntityOptions with { Training = EntityOptions.Training with { Progress = progress } };
        new Tagger(ml, ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(sentences)).Save(file);
    });

    private static string Data(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);

    private string Train(string what, string name, Action<IProgress<RnnTrainingProgress>, string> train)
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
        var line = new TrainingLine(what);
        // Written next to the old file and renamed: another service may be serving the old file, and must never read half a file.
        train(line, $"{file}.new");
        File.Move($"{file}.new", file, overwrite: true);
        line.End(file);
        return file;
    }
}
