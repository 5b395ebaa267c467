namespace MlNetRnn.Options;

/// <summary>Errors in the combination of the options of a trainer for grids.</summary>
internal static class GridOptionFaults
{
    /// <summary>The maximum number of cells of a patch of the last layer. The weights from its state to those of its cells grow with it.</summary>
    private const double MostCells = 4096;

    public static IEnumerable<string> OfCells(RnnGridNetworkOptions? network)
    {
        if (network is null) yield break;
        double cells = network.PatchHeight * network.PatchWidth * Math.Pow(network.Subsampling, 2 * (network.Layers - 1));
        if (cells > MostCells)
            yield return FormattableString.Invariant(
                $"Network.{nameof(network.Subsampling)}: expected at most {MostCells:N0} cells in a patch of the last layer, which gives each of its cells a ")
                + FormattableString.Invariant($"state, got {cells:N0} (PatchHeight · PatchWidth · Subsampling² for each layer after the first): ")
                + "use 1, or fewer layers";
    }

    public static IEnumerable<string> OfAttention(string? column, RnnGridNetworkOptions? network)
    {
        if (column is not null && network is not null && network.Pooling != RnnPooling.Attention)
            yield return $"AttentionColumnName: expected null when Network.Pooling is {network.Pooling}, got '{column}': only Attention has weights";
    }
}
