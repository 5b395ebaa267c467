using MlNetRnn.Modules;
using MlNetRnn.Options;

namespace MlNetRnn.Networks;

/// <summary>Creates the encoder that the options of a network ask for. An additional kind of encoder needs a class and one line here.</summary>
internal static class SourceEncoders
{
    /// <param name="parameters">Receives the weights of the encoder; the input layer has added its own.</param>
    /// <param name="input">The input layer.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public static SourceEncoder Create(ParameterSet parameters, InputLayer input, RnnTranslationNetworkOptions options, int threads) => options.Regions switch
    {
        null => new RecurrentEncoder(parameters, input, options, threads),
        { IsDeformed: true } => new DeformedRegionEncoder(parameters, input, options, threads),
        _ => new RegionEncoder(parameters, input, options, threads),
    };
}
