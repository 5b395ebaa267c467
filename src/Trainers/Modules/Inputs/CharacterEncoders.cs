namespace MlNetRnn.Modules;

/// <summary>Maps <see cref="RnnCharacterEncoder"/> values to encoders. An additional encoder needs a class and one line here.</summary>
internal static class CharacterEncoders
{
    private static readonly Dictionary<RnnCharacterEncoder, Func<RnnTaggingNetworkOptions, ParameterSet, int, CharacterEncoder>?> ByName = new()
    {
        [RnnCharacterEncoder.Lstm] = (options, parameters, threads) => new CharacterLstm(options, parameters, threads),
        [RnnCharacterEncoder.Convolution] = (options, parameters, _) => new CharacterConvolution(options, parameters),
        [RnnCharacterEncoder.None] = null,
    };

    /// <summary>Returns whether the network reads characters.</summary>
    public static bool ReadCharacters(RnnTaggingNetworkOptions options) => ByName[options.Characters] is not null;

    /// <summary>Creates an encoder.</summary>
    /// <param name="options">Type and size of the encoder.</param>
    /// <param name="parameters">Receives the weights.</param>
    /// <param name="threads">Number of threads that a step may use.</param>
    public static CharacterEncoder Create(RnnTaggingNetworkOptions options, ParameterSet parameters, int threads) =>
        ByName[options.Characters]!(options, parameters, threads);
}
