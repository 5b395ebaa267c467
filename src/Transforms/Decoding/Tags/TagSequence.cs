namespace MlNetRnn.Decoding;

/// <summary>The tags of a whole sequence.</summary>
/// <param name="Tags">The tags, 0-based, [T].</param>
/// <param name="Probability">The probability of all tags together.</param>
internal sealed record TagSequence(int[] Tags, double Probability);
