using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MlNetRnn.Accuracy.Captions;

/// <summary>The sets of captions by name. An additional set is one line here.</summary>
internal static partial class CaptionSets
{
    private const int GridSide = 7, Channels = 512;

    private static readonly Dictionary<string, Func<DirectoryInfo, CaptionSet>> ByName = new()
    {
        // Flickr8k (Hodosh et al., 2013) with the last activation grid of a ResNet18, 7 × 7 cells of 512 numbers; five captions for each photo
        ["flickr8k"] = root => Flickr(root, isGrid: true),
        // The same with the mean of the grid
        ["flickr8k-vector"] = root => Flickr(root, isGrid: false),
        // E2E: descriptions of restaurants from up to eight attributes. The training part is devset.csv
        ["e2e"] = Restaurants.Load,
    };

    /// <summary>6,000 images are few: a smaller network with less dropout, which reads a part of the regions in each step, and its own predictions.</summary>
    private static readonly string[] FewImages =
    [
        "Network.HiddenSize=256", "Network.EmbeddingSize=128", "Network.RegionVectorSize=256", "Network.Dropout=0.1", "Network.RegionDropout=0.5",
        "Sampling=Scheduled", "Training.MaxEpochs=10", "Training.Patience=10",
    ];

    public static IEnumerable<string> KnownNames => ByName.Keys;

    public static CaptionSet Load(string name, DirectoryInfo root) => ByName[name](root);

    private static CaptionSet Flickr(DirectoryInfo root, bool isGrid)
    {
        var folder = new DirectoryInfo(Path.Combine(root.FullName, "flickr8k_resnet18"));
        float[] scales = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder.FullName, "scales.f32"))).ToArray();
        CaptionedImage[] Part(string part) => ReadPart(folder, part, scales, isGrid);
        bool hasTest = File.Exists(Path.Combine(folder.FullName, "test.tsv")) || File.Exists(Path.Combine(folder.FullName, "test.tsv.gz"));
        return new CaptionSet(Part("train"), Part("dev"), hasTest ? Part("test") : [])
        {
            RegionSize = isGrid ? Channels : 0,
            GridSide = isGrid ? GridSide : 0,
            Nature = FewImages,
        };
    }

    private static CaptionedImage[] ReadPart(DirectoryInfo folder, string part, float[] scales, bool isGrid)
    {
        ILookup<int, string> captions = DataSets.Read(folder, $"{part}.tsv").Select(line => line.Split('\t'))
            .ToLookup(fields => int.Parse(fields[0], CultureInfo.InvariantCulture), fields => Tokens(fields[1]));
        using var stream = new GZipStream(File.OpenRead(Path.Combine(folder.FullName, $"{part}.u8.gz")), CompressionMode.Decompress);
        var cells = new byte[GridSide * GridSide * Channels];
        var images = new List<CaptionedImage>();
        while (stream.ReadAtLeast(cells, cells.Length, throwOnEndOfStream: false) == cells.Length)
        {
            var features = new float[isGrid ? cells.Length : Channels];
            for (int i = 0; i < cells.Length; i++)
            {
                int channel = i % Channels;
                features[isGrid ? i : channel] += cells[i] * scales[channel] / (isGrid ? 1 : GridSide * GridSide);
            }
            images.Add(new CaptionedImage(features, [.. captions[images.Count]]));
        }
        return [.. images];
    }

    /// <summary>Returns the words of a caption in lower case, without punctuation, as metrics of captions compare them.</summary>
    private static string Tokens(string caption) => string.Join(' ', Word().Matches(caption.ToLowerInvariant()).Select(match => match.Value));

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:'[\p{L}]+)?")]
    private static partial Regex Word();
}

/// <summary>Images in parts.</summary>
/// <param name="Train">The training images.</param>
/// <param name="Development">The images that choose the best epoch.</param>
/// <param name="Test">The test images; empty if there are none.</param>
internal sealed record CaptionSet(IReadOnlyList<CaptionedImage> Train, IReadOnlyList<CaptionedImage> Development, IReadOnlyList<CaptionedImage> Test)
{
    /// <summary>The number of numbers of a region; 0 for a single vector.</summary>
    public int RegionSize { get; init; }

    /// <summary>The options that the data requires, such as Network.Dropout=0.1.</summary>
    public string[] Nature { get; init; } = [];

    /// <summary>The side of the grid of regions; 0 without a grid.</summary>
    public int GridSide { get; init; }
}

/// <summary>An image with its captions.</summary>
/// <param name="Features">The numbers of its regions.</param>
/// <param name="Captions">The captions.</param>
internal sealed record CaptionedImage(float[] Features, IReadOnlyList<string> Captions)
{
    /// <summary>What a caption should mention, each in several wordings; empty if it is not known.</summary>
    public string[][] Mentions { get; init; } = [];

    /// <summary>Words that stand for others in captions of the network and in its references, and these others; empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    /// <summary>Returns for each value whether a caption mentions it.</summary>
    public IEnumerable<bool> Mentioned(string caption)
    {
        string text = $" {Complete(caption)} ";
        return Mentions.Select(wordings => wordings.Any(wording => text.Contains($" {wording}", StringComparison.Ordinal)));
    }

    /// <summary>Returns a caption with the words that others stand for.</summary>
    public string Complete(string caption) => string.Join(' ', caption.Split(' ').Select(word => Words.GetValueOrDefault(word, word)));
}
