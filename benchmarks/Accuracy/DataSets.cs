using System.IO.Compression;

namespace MlNetRnn.Accuracy;

/// <summary>A labelled text.</summary>
internal sealed class Example
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";
}

/// <summary>A split. Where a set has no validation part, the trainer holds a share of the training part out.</summary>
internal sealed record DataSet(IReadOnlyList<Example> Train, IReadOnlyList<Example>? Validation, IReadOnlyList<Example> Test);

/// <summary>The one door to the data sets: a further one is one line here.</summary>
internal static class DataSets
{
    private static readonly Dictionary<string, Func<DirectoryInfo, DataSet>> ByName = new()
    {
        // Stanford Sentiment Treebank, whole sentences: "LABEL text"
        ["sst2"] = root => new DataSet(Lines(root, "sst/stsa.binary.train"), Lines(root, "sst/stsa.binary.dev"), Lines(root, "sst/stsa.binary.test")),
        // TREC questions, six coarse classes: "COARSE:fine text"
        ["trec6"] = root => new DataSet(Lines(root, "trec/TREC.train", ':'), null, Lines(root, "trec/TREC.test", ':')),
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static DataSet Load(string name, DirectoryInfo root) => ByName[name](root);

    private static List<Example> Lines(DirectoryInfo root, string file, char endOfLabel = ' ') =>
    [
        .. Read(Path.Combine(root.FullName, file)).Where(line => line.Length > 0).Select(line => new Example
        {
            Label = line[..line.IndexOf(endOfLabel)],
            Text = line[(line.IndexOf(' ') + 1)..],
        }),
    ];

    private static IEnumerable<string> Read(string file)
    {
        using Stream stream = File.Exists(file) ? File.OpenRead(file) : new GZipStream(File.OpenRead(file + ".gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
