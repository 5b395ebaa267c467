using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Images.Pixels;

/// <summary>A row with one image, for the mapper of an ML.NET transform.</summary>
internal sealed class ImageRow(DataViewSchema schema) : DataViewRow
{
    /// <summary>The image of the row.</summary>
    public MLImage? Image { get; set; }

    public override DataViewSchema Schema => schema;

    public override long Position => 0;

    public override long Batch => 0;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        ImageGetter<TValue>() ?? throw new InvalidOperationException($"Column '{column.Name}': expected a getter for images, got one for {typeof(TValue)}.");

    private ValueGetter<TValue>? ImageGetter<TValue>() => (ValueGetter<MLImage>)((ref MLImage value) => value = Image!) as ValueGetter<TValue>;
}
