using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Images.Pixels;

/// <summary>The kinds of columns that hold pictures. The type of the column decides.</summary>
internal static class PictureKinds
{
    private const string Role = "image", Expected = "Image or Vector<Single, 3, 224, 224>",
        Remedy = "Load images with LoadImages, or extract pixels with ResizeImages(…, 224, 224) and ExtractPixels(…), with their default order and scale.";

    private static readonly PictureKind[] All = [new ImageKind(), new PixelsKind()];

    /// <summary>Validates the column in the schema that an estimator will receive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static void Check(SchemaShape schema, string name)
    {
        SchemaShape.Column column = schema.Require(Role, name, Expected);
        if (!All.Any(kind => kind.Accepts(column))) throw SchemaMismatch.Mistyped(Role, name, Expected, column.Describe(), Remedy, "inputSchema");
    }

    /// <summary>Returns the column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.Require(Role, name, Expected);
        return All.Any(kind => kind.Accepts(column.Type))
            ? column
            : throw SchemaMismatch.Mistyped(Role, name, Expected, column.Type.ToString()!, Remedy, "inputSchema");
    }

    /// <summary>Opens a reader of a column that <see cref="Bind"/> has returned.</summary>
    public static ReadPicture Open(DataViewRow source, DataViewSchema.Column column, Lazy<PictureResizing> resizing) =>
        All.First(kind => kind.Accepts(column.Type)).Open(source, column, resizing);
}
