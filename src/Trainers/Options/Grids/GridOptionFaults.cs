namespace MlNetRnn.Options;

/// <summary>Errors in the combination of the options of a trainer for grids.</summary>
internal static class GridOptionFaults
{
    public static IEnumerable<string> OfAttention(string? column, RnnGridNetworkOptions? network)
    {
        if (column is not null && network is not null && network.Pooling != RnnPooling.Attention)
            yield return $"AttentionColumnName: expected null when Network.Pooling is {network.Pooling}, got '{column}': only Attention has weights";
    }
}
