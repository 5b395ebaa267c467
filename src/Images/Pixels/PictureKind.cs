using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Images.Pixels;

/// <summary>A kind of column that holds pictures.</summary>
internal abstract class PictureKind
{
    /// <summary>Returns whether a column of this type is of this kind.</summary>
    public abstract bool Accepts(DataViewType type);

    /// <summary>Returns whether a column of an estimator's schema, which contains no sizes, may be of this kind.</summary>
    public abstract bool Accepts(SchemaShape.Column column);

    /// <summary>Opens a reader of a column.</summary>
    public abstract ReadPicture Open(DataViewRow source, DataViewSchema.Column column, Lazy<PictureResizing> resizing);
}
