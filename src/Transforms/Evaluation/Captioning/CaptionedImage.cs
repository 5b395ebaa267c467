namespace MlNetRnn.Evaluation;

/// <summary>An image with its caption and the references.</summary>
/// <param name="Row">The first row of the image.</param>
/// <param name="Caption">The caption.</param>
/// <param name="Words">The words of the caption.</param>
/// <param name="References">The words of each reference.</param>
internal sealed record CaptionedImage(long Row, string Caption, string[] Words, List<string[]> References);
