using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Images.Pixels;

/// <summary>A vector of pixels, as ML.NET's ExtractPixels returns it for pictures of 224 × 224 pixels.</summary>
internal sealed class PixelsKind : PictureKind
{
    private const string Remedy = "Extract pixels with ExtractPixels, with its default order and scale, or leave the row out.";

    public override bool Accepts(DataViewType type) => type is VectorDataViewType { ItemType: NumberDataViewType { RawType: var raw } } vector
        && raw == typeof(float)
        && (vector.Size == PictureSize.Numbers ? vector.Dimensions is not { Length: 3 } sizes || sizes[0] == PictureSize.Planes : vector.Size == 0);

    public override bool Accepts(SchemaShape.Column column) => column.IsVector() && column.ItemType == NumberDataViewType.Single;

    public override ReadPicture Open(DataViewRow source, DataViewSchema.Column column, Lazy<PictureResizing> resizing)
    {
        ValueGetter<VBuffer<float>> get = source.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;
        return pixels =>
        {
            get(ref values);
            if (values.Length != PictureSize.Numbers)
                return new PictureOutcome(FormattableString.Invariant($"expected 3 × 224 × 224 numbers, got {values.Length}. {Remedy}"));
            values.CopyTo(pixels.AsSpan());
            for (int i = 0; i < pixels.Length; i++)
                if (!(pixels[i] is >= 0 and <= 255))
                    return new PictureOutcome(FormattableString.Invariant($"expected numbers from 0 to 255, got {pixels[i]} at index {i}. {Remedy}"));
            return new PictureOutcome(null);
        };
    }
}
