using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Captioning;
using MlNetRnn.Samples.Tags;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Models of every kind that the service accepts, trained once in seconds: their predictions are not accurate, but always the same.</summary>
public sealed class TinyModels : IDisposable
{
    private static readonly RnnNetworkOptions Network = new() { HiddenSize = 8, EmbeddingSize = 8, Bidirectional = false };
    private static readonly RnnTrainingOptions Training = new() { MaxEpochs = 2, LearningRate = 0.02f, ExponentialMovingAverage = 0, Seed = 1, Threads = 1 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serving-");
    private readonly MLContext _ml = new(1);

    public TinyModels()
    {
        Writer = BuiltIn("writer", Training).Messages();
        Translator = TinyTranslators.Train(_ml, TinyTranslators.Options, NewFile("translator.zip"));
        Captioner = TinyCaptioners.Train(_ml, RegionReading.Grid, NewFile("scenes.zip"));
        Topics = BuiltIn("topics", Training).Topics();
        OtherTopics = BuiltIn("other-topics", Training with { Seed = 2 }).Topics();
        Entities = BuiltIn("entities", Training).Entities();
        PartsOfSpeech = BuiltIn("parts-of-speech", Training, "PartOfSpeech").Entities();
        IDataView messages = _ml.Data.LoadFromTextFile<Message>(
            Path.Combine(AppContext.BaseDirectory, "Data", "messages-train.tsv"), separatorChar: '\t', hasHeader: true);
        IDataView few = _ml.Data.TakeRows(messages, 300);
        var stars = new RnnTextRegressionOptions { LabelColumnName = nameof(Message.Stars), Network = Network, Training = Training };
        Stars = SaveOfTexts("stars", _ml.Regression.Trainers.RnnTextRegression(stars).Fit(few));
        IDataView judged = _ml.Transforms.CustomMapping<Message, Judged>((message, judged) => judged.IsGood = message.Stars > 3, null).Fit(few).Transform(few);
        var isGood = new RnnBinaryTextClassificationOptions { LabelColumnName = nameof(Judged.IsGood), Network = Network, Training = Training };
        RnnTransformer good = _ml.BinaryClassification.Trainers.RnnTextClassification(isGood).Fit(judged);
        PlainBinary = SaveOfTexts("binary", good);
        NamedBinary = SaveOfTexts(
            "named-binary",
            good,
            _ml.Transforms.Conversion.MapValue("Answer", new Dictionary<bool, string> { [false] = "bad", [true] = "good" }, "PredictedLabel"));
    }

    /// <summary>A language model. Every service needs one, and most tests do not use it.</summary>
    public static string Writer { get; private set; } = "";

    /// <summary>A translation model. Every service needs one, and most tests do not use it.</summary>
    public static string Translator { get; private set; } = "";

    /// <summary>A captioning model. Every service needs one, and most tests do not use it.</summary>
    public static string Captioner { get; private set; } = "";

    public string Topics { get; }

    /// <summary>Another model of the same classes.</summary>
    public string OtherTopics { get; }

    public string Stars { get; }

    public string PlainBinary { get; }

    /// <summary>A model with a table of labels after the network, as the sample TextClassification saves it.</summary>
    public string NamedBinary { get; }

    public string Entities { get; }

    public string PartsOfSpeech { get; }

    /// <summary>The path of a new file.</summary>
    public string NewFile(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Returns the predictions of a model for texts without a service.</summary>
    internal T[] Offline<T>(string file, IEnumerable<string> texts, string column) =>
        [.. _ml.Model.Load(file, out _).Transform(_ml.Data.LoadFromEnumerable(texts.Select(text => new TextRow { Text = text }))).GetColumn<T>(column)];

    internal float[][] Offline(string file, IEnumerable<string> texts) => Offline<float[]>(file, texts, "Score");

    internal string[] OfflineTags(string file, string[] tokens) => new Tagger(_ml, _ml.Model.Load(file, out _)).Engine<string>()(tokens);

    /// <summary>A tagger of frames, which the service refuses.</summary>
    internal string Frames()
    {
        IEnumerable<TaggedFrames> rows = Enumerable.Range(0, 12)
            .Select(i => new TaggedFrames { Steps = [i, 1, i, 2], Label = ["low", i > 5 ? "high" : "low"] });
        var options = new RnnSequenceTaggingOptions
        {
            InputColumnName = nameof(TaggedFrames.Steps),
            FrameSize = 2,
            Network = new RnnTaggingNetworkOptions { HiddenSize = 4, Bidirectional = false, Characters = RnnCharacterEncoder.None },
            Training = Training with { MaxEpochs = 1 },
        };
        string file = NewFile("frames.zip");
        new Tagger(_ml, _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(_ml.Data.LoadFromEnumerable(rows))).Save(file);
        return file;
    }

    /// <summary>A tagger of words whose tags depend on the word alone.</summary>
    internal string TaggerOf(string name, Func<string, string> tag)
    {
        string[] words = ["New York City", "and", "Oslo", "in"], orders = ["0123", "3012", "2130", "1032", "3210", "0213"];
        IEnumerable<TaggedTokens> rows = Enumerable.Range(0, 48).Select(i =>
        {
            string[] tokens = string.Join(' ', orders[i % orders.Length].Select(place => words[place - '0'])).Split(' ');
            return new TaggedTokens { Tokens = tokens, Label = [.. tokens.Select(tag)] };
        });
        var options = new RnnSequenceTaggingOptions
        {
            Network = new RnnTaggingNetworkOptions { HiddenSize = 16, EmbeddingSize = 16, Dropout = 0, WordDropout = 0, Characters = RnnCharacterEncoder.None },
            Training = Training with { MaxEpochs = 30, BatchSize = 8 },
        };
        string file = NewFile($"{name}.zip");
        new Tagger(_ml, _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(_ml.Data.LoadFromEnumerable(rows))).Save(file);
        return file;
    }

    private BuiltInModels BuiltIn(string name, RnnTrainingOptions training, string label = "Entity") => new(_ml, _folder.CreateSubdirectory(name))
    {
        TopicOptions = new RnnTextClassificationOptions { Network = Network, Training = training },
        MessageOptions = new RnnLanguageModelOptions
        {
            Network = new RnnLanguageNetworkOptions { HiddenSize = 16, EmbeddingSize = 8 },
            Training = training with { MaxEpochs = 1 },
        },
        EntityOptions = new RnnSequenceTaggingOptions
        {
            LabelColumnName = label,
            Network = new RnnTaggingNetworkOptions { HiddenSize = 16, EmbeddingSize = 16, CharacterEmbeddingSize = 8, CharacterSize = 16 },
            // Enough to find a place.
            Training = training with { BatchSize = 8, MaxEpochs = 5 },
        },
    };

    private string SaveOfTexts(string name, RnnTransformer rnn, IEstimator<ITransformer>? next = null)
    {
        IDataView texts = _ml.Data.LoadFromEnumerable<TextRow>([]);
        string file = NewFile($"{name}.zip");
        _ml.Model.Save(next is null ? rnn : new TransformerChain<ITransformer>(rnn, next.Fit(rnn.Transform(texts))), texts.Schema, file);
        return file;
    }

    private sealed class Judged
    {
        public bool IsGood { get; set; }
    }

    private sealed class TaggedTokens
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}

/// <summary>The tests that use models run one after another, so that none delays another.</summary>
[CollectionDefinition(nameof(TinyModels))]
public sealed class TinyModelsCollection : ICollectionFixture<TinyModels>;
