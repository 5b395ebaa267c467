namespace MlNetRnn.Modules;

/// <summary>The one door to the poolings: a further one is one file and one line here.</summary>
internal static class Poolings
{
    private static readonly Dictionary<RnnPooling, Pooling> ByName = new()
    {
        [RnnPooling.Last] = new LastPooling(),
        [RnnPooling.Mean] = new MeanPooling(),
        [RnnPooling.Max] = new MaxPooling(),
    };

    public static Pooling Get(RnnPooling pooling) => ByName[pooling];
}
