using MlNetRnn.Tags;

namespace MlNetRnn.Decoding;

/// <summary>Settings of a tag decoder.</summary>
/// <param name="Tags">K.</param>
/// <param name="Rules">Restricts which tag may follow which; null for no restriction.</param>
/// <param name="BeamWidth">The number of sequences that a beam search keeps.</param>
internal sealed record TagDecoderPlan(int Tags, TagScheme? Rules, int BeamWidth);
