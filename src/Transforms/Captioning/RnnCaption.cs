namespace MlNetRnn;

/// <summary>A caption of an image.</summary>
public sealed class RnnCaption
{
    private readonly RnnTranslation _translation;
    private readonly Lazy<IReadOnlyList<RnnRegionBox>> _boxes;

    internal RnnCaption(RnnTranslation translation, Lazy<IReadOnlyList<RnnRegionBox>> boxes) => (_translation, _boxes) = (translation, boxes);

    /// <summary>The caption.</summary>
    public string Text => _translation.Text;

    /// <summary>The text of each symbol; an empty text for the end.</summary>
    public IReadOnlyList<string> Symbols => _translation.Symbols;

    /// <summary>The natural logarithm of the probability of each symbol, given the image and the symbols before it, before filters and penalties.</summary>
    public IReadOnlyList<float> LogProbabilities => _translation.LogProbabilities;

    /// <summary>The log-probability of all symbols together; for a beam search, with its penalties, by which captions are ranked.</summary>
    public double Score => _translation.Score;

    /// <summary>Why the caption ended: <see cref="RnnGenerationEnd.DocumentEnd"/> if it is complete.</summary>
    public RnnGenerationEnd End => _translation.End;

    /// <summary>
    /// For each symbol the weight of each region, which sum to 1. Empty if the model has no attention. For an ensemble, the mean of its members. Computed when
    /// it is first read.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<float>> Attention => _translation.Attention;

    /// <summary>
    /// The box of each region: that of the object proposal, that of the cell of the grid, or that of the deformed region (for an
    /// ensemble, of the cell that it was made from). Empty if the regions have no boxes.
    /// Computed when it is first read.
    /// </summary>
    public IReadOnlyList<RnnRegionBox> Boxes => _boxes.Value;

    /// <summary>Returns the caption.</summary>
    public override string ToString() => Text;
}

/// <summary>The box of a region of an image, as shares of the width and the height of the image.</summary>
/// <param name="Left">The left side; 0 is the left side of the image.</param>
/// <param name="Top">The upper side; 0 is the upper side of the image.</param>
/// <param name="Width">The width; 1 is that of the image.</param>
/// <param name="Height">The height; 1 is that of the image.</param>
public readonly record struct RnnRegionBox(float Left, float Top, float Width, float Height);
