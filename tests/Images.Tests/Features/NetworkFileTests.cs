using Microsoft.ML;
using MlNetRnn.Images.Features;

namespace MlNetRnn.Images.Tests;

/// <summary>The network is the published one, or the model is refused.</summary>
public class NetworkFileTests : ImageCase
{
    [Fact]
    public void A_missing_network_is_refused_with_the_package_to_reference()
    {
        using var folder = new TemporaryFolder();
        AssertThrows.With<FileNotFoundException>(
            () => ResNet18.From(folder.FullName, default),
            Path.Combine(folder.FullName, "ResNetPrepOnnx", "ResNetPreprocess.onnx"),
            "Microsoft.ML.DnnImageFeaturizer.ResNet18",
            "deploy the folder DnnImageModels");
    }

    [Fact]
    public void An_altered_network_is_refused_with_both_hashes()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File(Path.Combine("ResNetPrepOnnx", "ResNetPreprocess.onnx"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, [1, 2, 3]);
        AssertThrows.With<FormatException>(() => ResNet18.From(folder.FullName, default), ResNet18.PreparationSha256, "got 039058C6F2C0CB492C533B0A4D14EF77");
    }

    [Fact]
    public void A_model_of_another_network_is_refused()
    {
        byte[] spec = (ImageFeaturesSpec.Of(new RnnImageFeaturesOptions()) with { Network = "ABC" }).ToJson();
        AssertThrows.With<FormatException>(() => ImageFeaturesSpec.FromJson(spec), "expected the network with the SHA-256 ABC", ResNet18.NetworkSha256);
    }

    [Fact]
    public void C07_Damaged_model_files_are_refused()
    {
        IDataView rows = Images(Pictures.Draw());
        byte[] file = _ml.SaveToBytes(_ml.Transforms.RnnImageFeatures().Fit(rows), rows.Schema);
        byte[] damaged = DamagedModel.WithFlippedBit(file, "ImageFeatures.json");
        Exception e = Assert.ThrowsAny<Exception>(() => _ml.LoadFromBytes(damaged)).GetBaseException();
        Assert.Contains("the checksum of part 'ImageFeatures.json' differs", Assert.IsType<FormatException>(e).Message);
        for (int length = 0; length < file.Length; length += file.Length / 10) Assert.ThrowsAny<Exception>(() => _ml.LoadFromBytes(file[..length]));
    }
}
