namespace MlNetRnn.Modules;

/// <summary>The one door to the poolings: an additional one is one file and one line here.</summary>
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

    /// <param name="options">Which.</param>
    /// <param name="parameters">Where one that learns puts its weights.</param>
    /// <param name="size">S, the size of a state.</param>
    public static Pooling Create(RnnNetworkOptions options, ParameterSet parameters, int size) => ByName[options.Pooling](parameters, size);
}
