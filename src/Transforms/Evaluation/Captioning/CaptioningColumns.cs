using Microsoft.ML;
using MlNetRnn.Columns;

namespace MlNetRnn.Evaluation;

/// <summary>The names of the columns of an evaluation of captions.</summary>
/// <param name="Reference">The references.</param>
/// <param name="Caption">The captions.</param>
/// <param name="ImageId">The images; null if each row is an image of its own.</param>
internal sealed record CaptioningColumns(string Reference, string Caption, string? ImageId)
{
    /// <summary>Reads the images and their captions.</summary>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    /// <exception cref="InvalidOperationException">An image has no reference or different captions, or a row has no image.</exception>
    public IReadOnlyList<CaptionedImage> Read(IDataView data, Func<string, string[]> tokenize)
    {
        DataViewSchema.Column caption = TextColumn.Bind(data.Schema, "caption", Caption);
        DataViewSchema.Column reference = EvaluationColumns.BindReferences(data.Schema, Reference);
        DataViewSchema.Column? imageId = ImageId is null ? null : ImageIds.Bind(data.Schema, ImageId);
        DataViewSchema.Column[] all = [caption, reference, .. imageId is { } column ? [column] : Array.Empty<DataViewSchema.Column>()];
        using DataViewRowCursor cursor = data.GetRowCursor(all.DistinctBy(needed => needed.Index));
        Func<string> readCaption = EvaluationColumns.OpenText(cursor, caption);
        Func<string[]> readReferences = EvaluationColumns.OpenTexts(cursor, reference);
        Func<string>? readId = imageId is { } bound ? ImageIds.OpenReader(cursor, bound) : null;
        var images = new CaptionedImages(tokenize);
        while (cursor.MoveNext()) images.Add(readId?.Invoke(), cursor.Position, readCaption(), readReferences());
        return images.ToList(Reference) is { Count: > 0 } list ? list : throw EvaluationColumns.NoRows(nameof(data));
    }

    /// <summary>Returns the different captions of the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has another type.</exception>
    public static IReadOnlySet<string> ReadTraining(IDataView data, string name, Func<string, string[]> tokenize)
    {
        DataViewSchema.Column column = EvaluationColumns.BindTexts(data.Schema, "training caption", name);
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        Func<string[]> read = EvaluationColumns.OpenTexts(cursor, column);
        var captions = new HashSet<string>(StringComparer.Ordinal);
        while (cursor.MoveNext()) captions.UnionWith(read().Select(text => Joined(tokenize(text))));
        return captions;
    }

    /// <summary>Returns words as one text. Captions with the same words have the same text.</summary>
    public static string Joined(string[] words) => string.Join(' ', words);
}
