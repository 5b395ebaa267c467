namespace MlNetRnn.Networks;

/// <summary>The unit to which the values of a network output belong.</summary>
internal enum OutputExtent
{
    Row,

    /// <summary>A step: the second dimension is T, and values after the end of a row are removed.</summary>
    Step,
}
