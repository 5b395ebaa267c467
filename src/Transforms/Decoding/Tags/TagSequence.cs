namespace MlNetRnn.Decoding;

/// <summary>Tags for a whole sequence.</summary>
/// <param name="Tags">0-based, [T].</param>
/// <param name="Probability">Of all of them together.</param>
internal sealed record TagSequence(int[] Tags, double Probability);
