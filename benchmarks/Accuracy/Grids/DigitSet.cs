using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Grid;

namespace MlNetRnn.Accuracy.Grids;

/// <summary>MNIST: handwritten digits of 28 × 28 pixels. The last 5,000 training images choose the best epoch.</summary>
internal sealed class DigitSet
{
    /// <summary>The name of the set.</summary>
    public const string Name = "mnist";

    private const int Validation = 5000;

    public DigitSet(DirectoryInfo root)
    {
        Digit[] all = Read(root, "train");
        (Train, Held, Test) = (all[..^Validation], all[^Validation..], Read(root, "t10k"));
    }

    public Digit[] Train { get; }

    public Digit[] Held { get; }

    public Digit[] Test { get; }

    public static IDataView Rows(MLContext ml, Digit[] digits) => ml.Data.LoadFromEnumerable(digits);

    private static Digit[] Read(DirectoryInfo root, string part)
    {
        (IdxFile images, IdxFile labels) = (new(FileOf($"{part}-images*"), dimensions: 3), new(FileOf($"{part}-labels*"), dimensions: 1));
        return [.. Enumerable.Range(0, (int)labels.Sizes[0]).Select(i => new Digit
        {
            Pixels = Array.ConvertAll(images[i].ToArray(), pixel => (float)pixel),
            Label = labels[i][0],
        })];

        FileInfo FileOf(string pattern) => new DirectoryInfo(Path.Combine(root.FullName, Name)).GetFiles(pattern).FirstOrDefault()
            ?? throw new FileNotFoundException($"{root}/{Name}: expected a file {pattern}, got none.");
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
