using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.LoadTest;

/// <summary>Two different small classifiers and a tagger, with their offline predictions for every text.</summary>
internal sealed class Models : IDisposable
{
    private const int Epochs = 4;

    private static readonly string[] Unusual =
    [
        "", " ", "?", "the parcel 📦 is late 😡", "Straße ÄÖÜ ß", new string('x', 5000), string.Join(' ', Enumerable.Repeat("late", 300)), "\u202Eabc",
        "a\tb\nc", "12:30 €5,00",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlnetrnn-load-");
    private readonly MLContext _ml = new(1);
    private readonly string[] _versions;
    private readonly ConcurrentDictionary<int, string[]> _tags = [];
    private readonly PredictionPool<Sentence, Tagged> _tagger;
    private int _current;

    public Models()
    {
        Message[] messages = Read("messages-train.tsv");
        Texts = [.. Read("messages-test.tsv").Select(message => message.Text).Take(200), .. Unusual];
        IDataView data = _ml.Data.LoadFromEnumerable(messages);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        _versions = [.. new[] { 1, 2 }.Select(seed => Train(seed, keyed))];
        File.Copy(Path(_versions[0]), ModelFile);
        ITransformer tagger = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            LabelColumnName = "Entity",
            PredictedLabelColumnName = "Answer",
            Training = new RnnTrainingOptions { Seed = 1, MaxEpochs = Epochs, BatchSize = 8, ExponentialMovingAverage = 0.99f },
        }).Append(_ml.Transforms.Conversion.MapKeyToValue("Answer")).Fit(Sentences());
        _ml.Model.Save(tagger, Sentences().Schema, TaggerFile);
        _tagger = new PredictionPool<Sentence, Tagged>(_ml, TaggerFile);
    }

    /// <summary>Returns the offline tags of the tokens of a text. The service splits texts of more than 400 tokens; the texts here are shorter.</summary>
    public string[] Tags(int text, string[] tokens) =>
        tokens.Length == 0 ? [] : _tags.GetOrAdd(text, _ => _tagger.Predict(new Sentence { Tokens = tokens }).Answer);

    /// <summary>The texts of the requests.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The probabilities of the classes by version, text and class name.</summary>
    public Dictionary<string, IReadOnlyList<Dictionary<string, float>>> Expected { get; } = [];

    /// <summary>The model file that the service loads.</summary>
    public string ModelFile => System.IO.Path.Combine(_folder.FullName, "served.zip");

    public string TaggerFile => System.IO.Path.Combine(_folder.FullName, "tagger.zip");

    /// <summary>Replaces the served classifier with the other one in one atomic step.</summary>
    public void Replace()
    {
        _current = 1 - _current;
        string copy = ModelFile + ".new";
        File.Copy(Path(_versions[_current]), copy, overwrite: true);
        File.Move(copy, ModelFile, overwrite: true);
    }

    public void Dispose()
    {
        _tagger.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Trains a classifier and computes its offline predictions.</summary>
    /// <returns>The version, by which the service identifies the file.</returns>
    private string Train(int seed, IDataView keyed)
    {
        ITransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions
        {
            PredictedLabelColumnName = "Answer",
            Network = new RnnNetworkOptions { EmbeddingSize = 64, HiddenSize = 64 },
            Training = new RnnTrainingOptions { Seed = seed, MaxEpochs = Epochs },
        }).Append(_ml.Transforms.Conversion.MapKeyToValue("Answer")).Fit(keyed);
        string file = Path($"seed{seed}");
        _ml.Model.Save(model, _ml.Data.LoadFromEnumerable<Message>([]).Schema, file);
        string version = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))[..12].ToLowerInvariant();
        File.Move(file, Path(version));
        ITransformer loaded = _ml.Model.Load(Path(version), out _);
        VBuffer<ReadOnlyMemory<char>> names = default;
        loaded.GetOutputSchema(_ml.Data.LoadFromEnumerable<Message>([]).Schema)["Score"].GetSlotNames(ref names);
        using PredictionEngine<Message, Scored> engine = _ml.Model.CreatePredictionEngine<Message, Scored>(loaded);
        string[] classes = [.. names.DenseValues().Select(name => name.ToString())];
        Expected[version] = [.. Texts.Select(text => classes.Zip(engine.Predict(new Message { Text = text }).Score).ToDictionary())];
        return version;
    }

    private IDataView Sentences() => _ml.Data.LoadFromConll(Data("sentences.conll"), ("Tokens", 0), ("Entity", 2));

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, $"{name}.zip");

    private static string Data(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "Data", file);

    private static Message[] Read(string file) =>
        [.. File.ReadLines(Data(file)).Skip(1).Select(line => line.Split('\t')).Select(fields => new Message { Label = fields[0], Text = fields[2] })];

    private sealed class Message
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }

    private sealed class Sentence
    {
        public string[] Tokens { get; set; } = [];
    }

    private sealed class Tagged
    {
        public string[] Answer { get; set; } = [];
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
