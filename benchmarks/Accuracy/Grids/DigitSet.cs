using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy.Grids;

/// <summary>MNIST: handwritten digits of 28 × 28 pixels. The last 5,000 training images choose the best epoch.</summary>
internal sealed class DigitSet(DirectoryInfo root)
{
    /// <summary>The name of the set.</summary>
    public const string Name = "mnist";

    private const int Validation = 5000, Header = 16, LabelHeader = 8;

    public Digit[] Train { get; } = Read(root, "train")[..^Validation];

    public Digit[] Held { get; } = Read(root, "train")[^Validation..];

    public Digit[] Test { get; } = Read(root, "t10k");

    public static IDataView Rows(MLContext ml, Digit[] digits) => ml.Data.LoadFromEnumerable(digits);

    private static Digit[] Read(DirectoryInfo root, string part)
    {
        byte[] images = Content(root, $"{part}-images*"), labels = Content(root, $"{part}-labels*");
        return [.. Enumerable.Range(0, labels.Length - LabelHeader).Select(i => new Digit
        {
            Pixels = Array.ConvertAll(images[(Header + Digit.Pixel * i)..(Header + Digit.Pixel * (i + 1))], pixel => (float)pixel),
            Label = labels[LabelHeader + i],
        })];
    }

    private static byte[] Content(DirectoryInfo root, string pattern)
    {
        FileInfo file = new DirectoryInfo(Path.Combine(root.FullName, Name)).GetFiles(pattern).FirstOrDefault()
            ?? throw new FileNotFoundException($"{root}/{Name}: expected a file {pattern}, got none.");
        using FileStream stream = file.OpenRead();
        using Stream content = file.Extension == ".gz" ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray();
    }
}

/// <summary>A digit.</summary>
internal sealed class Digit
{
    public const int Side = 28, Pixel = Side * Side;

    [VectorType(Side, Side)]
    public float[] Pixels { get; set; } = [];

    [KeyType(10)]
    public uint Label { get; set; }
}
