using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Images.Caching;

namespace MlNetRnn.Images.Tests;

/// <summary>The cache returns the same bits, and damage to it costs only time.</summary>
public sealed class FeatureCacheTests : ImageCase, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLImage[] _images = [Pictures.Draw(seed: 1), Pictures.Draw(seed: 2)];
    private readonly List<string> _log;

    public FeatureCacheTests() => _log = _ml.RecordLog();

    private string[] Files => [.. Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories).Order()];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_run_reads_the_same_bits_and_writes_nothing()
    {
        string[] without = Rows.Of(Scored(null), Vector, Grid), first = Rows.Of(Scored(_folder.FullName), Vector, Grid);
        Assert.Equal(4, Files.Length);
        DateTime[] written = [.. Files.Select(File.GetLastWriteTimeUtc)];
        string[] second = Rows.Of(Scored(_folder.FullName), Vector, Grid);
        Assert.Equal(without, first);
        Assert.Equal(without, second);
        Assert.Equal(written, Files.Select(File.GetLastWriteTimeUtc));
        Assert.All(Files, file => Assert.InRange(new FileInfo(file).Length, 100, 60_000));
        Assert.DoesNotContain(_log, line => line.Contains("cache"));
    }

    [Fact]
    public void The_features_come_from_the_files()
    {
        Rows.Of(Scored(_folder.FullName), Vector);
        var marked = new float[512];
        marked[7] = 42;
        foreach (string file in Files) File.WriteAllBytes(file, FeatureFile.Write(marked));
        Assert.Equal([marked, marked], Scored(_folder.FullName).GetColumn<float[]>(Vector));
    }

    [Fact]
    public void A_column_of_pixels_shares_the_files_of_the_same_images()
    {
        Rows.Of(Scored(_folder.FullName), Vector);
        IDataView pixels = Pixels([.. _images.Select(PixelsOf)]);
        Rows.Of(_ml.Transforms.RnnImageFeatures(cacheFolder: _folder.FullName).Fit(pixels).Transform(pixels), Vector);
        Assert.Equal(2, Files.Length);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("text")]
    [InlineData("folder")]
    public void A_damaged_file_is_computed_again_with_a_warning(string damage)
    {
        string[] expected = Rows.Of(Scored(_folder.FullName), Grid);
        string file = Files[0];
        byte[] content = File.ReadAllBytes(file), flipped = [.. content];
        flipped[^1] ^= 1;
        if (damage == "folder")
        {
            File.Delete(file);
            Directory.CreateDirectory(file);
        }
        else
        {
            File.WriteAllBytes(file, damage switch { "empty" => [], "cut" => content[..^5], "flipped" => flipped, _ => "not features"u8.ToArray() });
        }
        Assert.Equal(expected, Rows.Of(Scored(_folder.FullName), Grid));
        Assert.Contains(_log, line => line.Contains(file));
        if (damage != "folder") Assert.Equal(content, File.ReadAllBytes(file));
    }

    [Fact]
    public void Many_threads_and_transformers_share_a_folder()
    {
        string[] expected = Rows.Of(Scored(null), Vector);
        Parallel.For(0, 6, _ => Assert.Equal(expected, Rows.Of(Scored(_folder.FullName), Vector)));
        Assert.Equal(2, Files.Length);
    }

    [Fact]
    public void A_folder_that_cannot_be_created_is_refused_when_the_pipeline_is_fitted()
    {
        string file = _folder.File("file");
        File.WriteAllText(file, "");
        Assert.ThrowsAny<IOException>(() => Scored(file));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1001)]
    public void Numbers_round_trip_with_all_bits(int count)
    {
        var random = new Random(count);
        float[] numbers = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? random.NextSingle() : i % 7 == 0 ? -0f : 0f)], read = new float[count];
        Assert.True(FeatureFile.TryRead(FeatureFile.Write(numbers), read));
        Assert.Equal(numbers.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
        Assert.False(FeatureFile.TryRead(FeatureFile.Write(numbers), new float[count + 1]));
    }

    private IDataView Scored(string? folder)
    {
        IDataView rows = Images(_images);
        return _ml.Transforms.RnnImageFeatures(cacheFolder: folder).Fit(rows).Transform(rows);
    }
}
