namespace MlNetRnn.Samples.Captioning;

/// <summary>How a model reads an image: the names are those of `--attention`.</summary>
internal enum RegionReading
{
    /// <summary>One vector for the whole image, without attention.</summary>
    None,

    /// <summary>Attention over the cells of the grid of the CNN.</summary>
    Grid,

    /// <summary>Attention over boxes, such as object proposals: a vector is the mean of the cells under a box.</summary>
    Proposals,

    /// <summary>Attention over the cells of the grid, each of which a spatial transformer moves and resizes.</summary>
    Transformer,
}
