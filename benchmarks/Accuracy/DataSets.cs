using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace MlNetRnn.Accuracy;

/// <summary>The data sets by name. An additional data set is one line here.</summary>
internal static class DataSets
{
    private static readonly Dictionary<string, Func<DirectoryInfo, DataSet>> ByName = new()
    {
        // The messages of the samples, which need no download (--data samples/Data): topic, stars, text
        ["messages"] = root => new DataSet(Messages(root, "messages-train.tsv"), null, Messages(root, "messages-test.tsv")),
        // Stanford Sentiment Treebank, whole sentences, two and five classes: "LABEL text"
        ["sst2"] = root => Treebank(root, "binary"),
        ["sst5"] = root => Treebank(root, "fine"),
        ["sst5-ordered"] = root => Treebank(root, "fine") with { Target = Target.OrdinalClass },
        // TREC questions, six coarse classes: "COARSE:fine text"
        ["trec6"] = root => new DataSet(Lines(root, "trec/TREC.train", ':'), null, Lines(root, "trec/TREC.test", ':')),
        // Sentences of film reviews, two classes, a file for each; no predefined split, so a tenth is the test part
        ["mr"] = root => DataSet.Split(Sentences(root), 0.1),
        // AG News, four topics: "class","title","description"; only the official test part is available, of which a fifth is the test part here
        ["ag-news"] = root => DataSet.Split(News(root), 0.2),
        // IMDB reviews: path, pos or neg, 1 to 10 stars, text
        ["imdb"] = root => Reviews(root, label: 1),
        ["imdb-stars"] = root => Reviews(root, label: 2) with { Target = Target.Number },
        ["imdb-stars-ordered"] = root => Reviews(root, label: 2) with { Target = Target.OrdinalClass },
        // CLINC150, 150 intents: {"train": [[text, intent], …], "val": …, "test": …}
        ["clinc150"] = root => Intents(root, "clinc150/data_full.json"),
        // Titles of questions on a site for programmers, 20 topics; no predefined split, so a tenth is the test part
        ["stackoverflow"] = root => DataSet.Split(Titles(root), 0.1),
        // Surnames of 18 languages, by their characters; no predefined split, so a fifth is the test part
        ["names"] = root => DataSet.Split(Names(root), 0.2) with { Nature = ["Text.Tokenization=Character"] },
        // Spoken digits: recordings 0 to 4 of each speaker and digit are the test part
        ["fsdd"] = root => SpokenDigits.Load(Path.Combine(root.FullName, "fsdd", "recordings.zip")),
    };

    public static IEnumerable<string> KnownNames => ByName.Keys;

    public static DataSet Load(string name, DirectoryInfo root) => ByName[name](root);

    private static DataSet Treebank(DirectoryInfo root, string kind) =>
        new(Lines(root, $"sst/stsa.{kind}.train"), Lines(root, $"sst/stsa.{kind}.dev"), Lines(root, $"sst/stsa.{kind}.test"));

    private static List<Example> Lines(DirectoryInfo root, string file, char endOfLabel = ' ') =>
    [
        .. Read(root, file).Where(line => line.Length > 0)
            .Select(line => new Example { Label = line[..line.IndexOf(endOfLabel)], Text = line[(line.IndexOf(' ') + 1)..] }),
    ];

    private static DataSet Reviews(DirectoryInfo root, int label)
    {
        return new DataSet(Part("train"), null, Part("test"));

        List<Example> Part(string name) =>
        [
            .. Read(root, $"imdb/imdb_{name}.tsv").Select(line => line.Split('\t')).Select(fields =>
                new Example { Label = fields[label], Stars = float.Parse(fields[2], CultureInfo.InvariantCulture), Text = fields[3] }),
        ];
    }

    private static List<Example> Titles(DirectoryInfo root)
    {
        IEnumerable<string> texts = Read(root, "stackoverflow_titles/title_StackOverflow.txt");
        IEnumerable<string> labels = Read(root, "stackoverflow_titles/label_StackOverflow.txt");
        return [.. texts.Zip(labels, (text, label) => new Example { Label = label, Text = text })];
    }

    private static List<Example> Messages(DirectoryInfo root, string file) =>
        [.. Read(root, file).Skip(1).Select(line => line.Split('\t')).Select(fields => new Example { Label = fields[0], Text = fields[2] })];

    private static List<Example> Sentences(DirectoryInfo root) =>
    [
        .. from label in new[] { "neg", "pos" }
           from line in Read(root, $"mr_polarity/rt-polarity.{label}")
           where line.Length > 0
           select new Example { Label = label, Text = line },
    ];

    private static List<Example> News(DirectoryInfo root) =>
    [
        .. Read(root, "ag_news/test.csv").Select(line => line[1..^1].Split("\",\"")).Select(fields =>
            new Example { Label = fields[0], Text = string.Join(' ', fields[1..]).Replace("\"\"", "\"").Replace('\\', ' ') }),
    ];

    private static List<Example> Names(DirectoryInfo root) =>
    [
        .. from file in Directory.GetFiles(Path.Combine(root.FullName, "names"), "*.txt").Order(StringComparer.Ordinal)
           from name in File.ReadLines(file)
           where name.Length > 0
           select new Example { Label = Path.GetFileNameWithoutExtension(file), Text = name },
    ];

    private static DataSet Intents(DirectoryInfo root, string file)
    {
        using JsonDocument json = JsonDocument.Parse(string.Join('\n', Read(root, file)));
        List<Example> Part(string name) =>
        [
            .. json.RootElement.GetProperty(name).EnumerateArray()
                .Select(pair => new Example { Text = pair[0].GetString()!, Label = pair[1].GetString()! }),
        ];
        return new DataSet(Part("train"), Part("val"), Part("test"));
    }

    /// <summary>Reads the lines of a file, plain or gzipped.</summary>
    public static IEnumerable<string> Read(DirectoryInfo root, string file)
    {
        string path = Path.Combine(root.FullName, file);
        using Stream stream = File.Exists(path) ? File.OpenRead(path) : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
