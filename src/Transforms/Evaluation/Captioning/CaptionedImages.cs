namespace MlNetRnn.Evaluation;

/// <summary>Collects the rows of each image.</summary>
/// <param name="tokenize">Divides a text into words.</param>
internal sealed class CaptionedImages(Func<string, string[]> tokenize)
{
    private readonly Dictionary<string, CaptionedImage> _byId = new(StringComparer.Ordinal);
    private readonly List<CaptionedImage> _images = [];

    /// <summary>Adds a row. References without words are left out.</summary>
    /// <param name="id">The image; null if each row is an image of its own.</param>
    /// <param name="row">The number of the row.</param>
    /// <param name="caption">The caption.</param>
    /// <param name="references">The references.</param>
    /// <exception cref="InvalidOperationException">Another row of the image has another caption.</exception>
    public void Add(string? id, long row, string caption, string[] references)
    {
        CaptionedImage? image = id is null ? null : _byId.GetValueOrDefault(id);
        if (image is null)
        {
            _images.Add(image = new CaptionedImage(row, caption, tokenize(caption), []));
            if (id is not null) _byId.Add(id, image);
        }
        if (image.Caption != caption)
            throw new InvalidOperationException(
                $"Evaluation: expected the same caption in all rows of image '{id}', got '{caption}' in row {row} and '{image.Caption}' in row {image.Row}. "
                + "Repeat the caption of an image in all its rows.");
        image.References.AddRange(references.Select(tokenize).Where(words => words.Length > 0));
    }

    /// <summary>Returns the images in the order of their first rows.</summary>
    /// <param name="referenceColumn">The name of the column of the references.</param>
    /// <exception cref="InvalidOperationException">An image has no reference.</exception>
    public IReadOnlyList<CaptionedImage> ToList(string referenceColumn) => _images.Find(image => image.References.Count == 0) is { } missing
        ? throw new InvalidOperationException(
            $"Evaluation: expected at least one reference with words in column '{referenceColumn}', got none for the image of row {missing.Row}. "
            + "Fill it in, or leave the image out.")
        : _images;
}
