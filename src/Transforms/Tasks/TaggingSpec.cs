namespace MlNetRnn.Tasks;

/// <summary>The settings of a tagger in a model file.</summary>
/// <param name="Decoder">The name of the decoder in <see cref="Decoding.TagDecoders"/>.</param>
/// <param name="BeamWidth">The number of sequences that a beam search keeps.</param>
/// <param name="KeepsRules">Whether predictions follow the rules of IOB2 or IOBES.</param>
/// <param name="TopTags">The number of tags per step in the column of the most probable tags.</param>
/// <param name="Alternatives">The number of sequences in the column of alternatives.</param>
internal sealed record TaggingSpec(string Decoder, int BeamWidth, bool KeepsRules, int TopTags, int Alternatives);
