using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Tags;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Serving;

/// <summary>Small models for a first run, each trained in less than a minute on the data of the samples, or on drawings.</summary>
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

    /// <summary>The options of the language model. Its time is limited, because it learns more the longer it trains.</summary>
    public RnnLanguageModelOptions MessageOptions { get; init; } = new()
    {
        Network = new RnnLanguageNetworkOptions { HiddenSize = 128, EmbeddingSize = 48, Dropout = 0 },
        Training = new RnnTrainingOptions
        {
            MaximumTime = TimeSpan.FromSeconds(30),
            LearningRate = 0.008f,
            Schedule = RnnLearningRateSchedule.Linear,
            ExponentialMovingAverage = 0.98f,
            Seed = 1,
        },
    };

    /// <summary>The options of the translation model. Few subwords, so that months are whole and numbers consist of digits.</summary>
    public RnnTranslationOptions DateOptions { get; init; } = new()
    {
        TargetLanguageColumnName = nameof(DatePair.Language),
        JointVocabulary = true,
        MaximumVocabularySize = 360,
        Metric = RnnTranslationMetric.LogProbability,
        Network = new RnnTranslationNetworkOptions { HiddenSize = 64, EmbeddingSize = 32, Dropout = 0 },
        Training = new RnnTrainingOptions { MaximumTime = TimeSpan.FromSeconds(60), MaxEpochs = 40, BatchSize = 32, LearningRate = 0.008f, Seed = 1 },
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

    /// <summary>Trains a model that continues customer messages, character by character.</summary>
    /// <returns>The file of the model.</returns>
    public string Messages() => Train(
        "Continuations of messages",
        "messages.zip",
        (progress, file) =>
        {
            IDataView messages = ml.Data.LoadFromTextFile<Message>(Data("messages-train.tsv"), separatorChar: '\t', hasHeader: true);
            RnnLanguageModelOptions options = MessageOptions with { Training = MessageOptions.Training with { Progress = progress } };
            ml.Model.Save(ml.Transforms.Text.RnnLanguageModel(options).Fit(messages), ml.Data.LoadFromEnumerable<TextRow>([]).Schema, file);
        },
        best => FormattableString.Invariant($"{Math.Exp(best.ValidationLoss ?? double.NaN):F2} perplexity of a character {TrainingLine.HeldOut}"));

    /// <summary>Trains a model that translates dates into English, French, German and the ISO format.</summary>
    /// <returns>The file of the model.</returns>
    public string Dates() => Train(
        "Dates",
        "dates.zip",
        (progress, file) =>
        {
            IDataView pairs = ml.Data.LoadFromEnumerable(DatePair.Random(4000));
            RnnTranslationOptions options = DateOptions with { Training = DateOptions.Training with { Progress = progress } };
            ml.Model.Save(ml.Transforms.Text.RnnTranslation(options).Fit(pairs), pairs.Schema, file);
        },
        best => FormattableString.Invariant($"{Math.Exp(best.ValidationLoss ?? double.NaN):F2} perplexity of a symbol {TrainingLine.HeldOut}"));

    /// <summary>Trains a model that captions scenes of two colored shapes.</summary>
    /// <returns>The file of the model.</returns>
    public string Scenes()
    {
        double exact = double.NaN;
        return Train(
            "Captions of scenes",
            "scenes.zip",
            (progress, file) => exact = BuiltInScenes.Train(ml, progress, file),
            _ => FormattableString.Invariant($"{100 * exact:F0} % of {BuiltInScenes.Measured} captions exact on scenes that it was not trained on"));
    }

    private static string Data(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);

    private string Train(
        string what, string name, Action<IProgress<RnnTrainingProgress>, string> train, Func<RnnTrainingProgress, string>? describe = null)
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
        var line = new TrainingLine(what, describe);
        // Written next to the old file and renamed: another service may be serving the old file, and must never read half a file.
        train(line, $"{file}.new");
        File.Move($"{file}.new", file, overwrite: true);
        line.End(file);
        return file;
    }
}
