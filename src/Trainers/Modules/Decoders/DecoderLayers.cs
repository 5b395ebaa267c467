namespace MlNetRnn.Modules;

/// <summary>Maps <see cref="RnnAttention"/> values to the first layer of a decoder. An additional kind of attention needs a class and one line here.</summary>
internal static class DecoderLayers
{
    private delegate DecoderLayer Factory(ParameterSet parameters, DecoderSize size, bool feedsInput);

    private static readonly Dictionary<RnnAttention, Factory> ByName = new()
    {
        [RnnAttention.None] = (parameters, size, _) => new PlainDecoderLayer(parameters, size),
        [RnnAttention.Additive] = (parameters, size, _) => new StateAttentionLayer(parameters, size),
        [RnnAttention.Dot] = (parameters, size, feedsInput) =>
            new OutputAttentionLayer(parameters, size, _ => new DotScore(size.Hidden), feedsInput),
        [RnnAttention.General] = (parameters, size, feedsInput) =>
            new OutputAttentionLayer(parameters, size, own => new GeneralScore(own, size.Hidden, size.Source, size.Threads), feedsInput),
    };

    /// <summary>Creates the layer.</summary>
    public static DecoderLayer Create(RnnAttention attention, ParameterSet parameters, DecoderSize size, bool feedsInput) =>
        ByName[attention](parameters, size, feedsInput);
}
