namespace MlNetRnn.Modules;

/// <summary>Maps <see cref="RnnPooling"/> values to pooling layers. An additional pooling needs a class and one line here.</summary>
internal static class Poolings
{
    private static readonly Dictionary<RnnPooling, Func<ParameterSet, int, Pooling>> ByName = new()
    {
        [RnnPooling.Last] = (_, _) => new LastPooling(),
        [RnnPooling.Mean] = (_, _) => new MeanPooling(),
        [RnnPooling.Max] = (_, _) => new MaxPooling(),
        [RnnPooling.LastMaxMean] = (_, _) => new LastMaxMeanPooling(),
        [RnnPooling.Attention] = (parameters, size) => new AttentionPooling(parameters, size),
    };

    /// <summary>Creates a pooling layer.</summary>
    /// <param name="options">Type of the pooling.</param>
    /// <param name="parameters">Receives the weights, if the pooling has any.</param>
    /// <param name="size">S, the size of a state.</param>
    public static Pooling Create(RnnNetworkOptions options, ParameterSet parameters, int size) =>
        ByName[options.Pooling](parameters, size);
}
