namespace MlNetRnn.Tasks;

/// <summary>What a model file says of a tagger besides its columns.</summary>
/// <param name="Decoder">How the best tags are found: a name of <see cref="Decoding.TagDecoders"/>.</param>
/// <param name="BeamWidth">How many sequences the search follows where it is not exact.</param>
/// <param name="KeepsRules">Whether predictions keep the rules of IOB2 or IOBES.</param>
/// <param name="TopTags">How many tags a step in the column of the most probable tags.</param>
/// <param name="Alternatives">How many sequences in the column of alternatives.</param>
internal sealed record TaggingSpec(string Decoder, int BeamWidth, bool KeepsRules, int TopTags, int Alternatives);
