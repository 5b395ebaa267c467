namespace MlNetRnn.Images.Pixels;

/// <summary>Reads the picture of the current row.</summary>
/// <param name="pixels">Receives <see cref="PictureSize.Numbers"/> numbers.</param>
/// <returns>The outcome.</returns>
internal delegate PictureOutcome ReadPicture(float[] pixels);

/// <summary>The outcome of reading a picture.</summary>
/// <param name="Fault">Why the row has no usable picture: what was expected, what was found and what to do; null if it has one.</param>
/// <param name="SourcePixels">The number of pixels of the image before it was resized.</param>
internal readonly record struct PictureOutcome(string? Fault, long SourcePixels = PictureSize.Plane);
