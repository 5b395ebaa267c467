using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Transforms.Image;
using MlNetRnn.Images.Features;

namespace MlNetRnn.Images;

/// <summary>The settings of a transformer of images. Saved in the model file, with the identity of the network instead of its weights.</summary>
/// <param name="Image">The column of images or pixels.</param>
/// <param name="Vector">The column of the pooled vector; null for none.</param>
/// <param name="Grid">The column of the vectors of all regions; null for none.</param>
/// <param name="Resizing">How images that are not square become square.</param>
/// <param name="Preparation">The SHA-256 of the graph that prepares the input.</param>
/// <param name="Network">The SHA-256 of the graph of the network.</param>
internal sealed record ImageFeaturesSpec(
    string Image, string? Vector, string? Grid, ImageResizingEstimator.ResizingKind Resizing, string Preparation, string Network)
{
    /// <summary>The name by which ML.NET finds the loader: at most 24 ASCII characters.</summary>
    public const string LoaderName = "MlNetRnnImageFeatures";

    /// <summary>The columns that the transformer adds, in their order.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, ImageFeature Feature)> Outputs =>
    [
        .. Vector is null ? Array.Empty<(string, ImageFeature)>() : [(Vector, ImageFeature.Vector)],
        .. Grid is null ? Array.Empty<(string, ImageFeature)>() : [(Grid, ImageFeature.Grid)],
    ];

    public static ImageFeaturesSpec Of(RnnImageFeaturesOptions options) => new(
        options.ImageColumnName, options.VectorColumnName, options.GridColumnName, options.Resizing, ResNet18.PreparationSha256, ResNet18.NetworkSha256);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ImageFeaturesJson.Default.ImageFeaturesSpec);

    /// <summary>Reads the settings from JSON.</summary>
    /// <exception cref="FormatException">The bytes are not such settings, or those of another network.</exception>
    public static ImageFeaturesSpec FromJson(byte[] json)
    {
        ImageFeaturesSpec spec;
        try
        {
            spec = JsonSerializer.Deserialize(json, ImageFeaturesJson.Default.ImageFeaturesSpec) is { Image: not null } read
                && read.Outputs.Count > 0
                && Enum.IsDefined(read.Resizing)
                    ? read
                    : throw new JsonException("columns are missing");
        }
        catch (JsonException e)
        {
            throw new FormatException($"Image features: expected the names of columns, got something else ({e.Message}). The model file is damaged.", e);
        }
        if (spec.Preparation != ResNet18.PreparationSha256 || spec.Network != ResNet18.NetworkSha256)
        {
            throw new FormatException(
                $"Image features: expected the network with the SHA-256 {spec.Network}, with which the model was saved, got {ResNet18.NetworkSha256}. "
                + "Load the model with the version of MlNetRnn.Images that saved it.");
        }
        return spec;
    }
}

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSerializable(typeof(ImageFeaturesSpec))]
internal sealed partial class ImageFeaturesJson : JsonSerializerContext;
