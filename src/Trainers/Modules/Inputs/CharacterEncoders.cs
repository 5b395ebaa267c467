namespace MlNetRnn.Modules;

/// <summary>The one door to the character encoders: an additional one is one file and one line here.</summary>
internal static class CharacterEncoders
{
    private static readonly Dictionary<RnnCharacterEncoder, Func<RnnTaggingNetworkOptions, ParameterSet, int, CharacterEncoder>?> ByName = new()
    {
        [RnnCharacterEncoder.Lstm] = (options, parameters, threads) => new CharacterLstm(options, parameters, threads),
        [RnnCharacterEncoder.Convolution] = (options, parameters, _) => new CharacterConvolution(options, parameters),
        [RnnCharacterEncoder.None] = null,
    };

    /// <summary>Whether characters are looked at.</summary>
    public static bool ReadCharacters(RnnTaggingNetworkOptions options) => ByName[options.Characters] is not null;

    /// <param name="options">Which.</param>
    /// <param name="parameters">Where the weights go.</param>
    /// <param name="threads">How many threads a step may use.</param>
    public static CharacterEncoder Create(RnnTaggingNetworkOptions options, ParameterSet parameters, int threads) => ByName[options.Characters]!(options, parameters, threads);
}
