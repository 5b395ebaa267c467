using MlNetRnn.Columns;

namespace MlNetRnn.Options;

/// <summary>Errors in the combination of the options of a captioning trainer.</summary>
internal static class CaptioningOptionFaults
{
    public static IEnumerable<string> Of(RnnCaptioningOptions options)
    {
        foreach (string fault in RepeatedNames.Faults(
            [
                (nameof(options.CaptionColumnName), options.CaptionColumnName), .. options.CommonOutputs,
                (nameof(options.RegionBoxesColumnName), options.RegionBoxesColumnName),
            ],
            [
                (nameof(options.FeaturesColumnName), options.FeaturesColumnName), (nameof(options.TargetColumnName), options.TargetColumnName),
                (nameof(options.BoxesColumnName), options.BoxesColumnName),
            ]))
            yield return fault;
        if (options.FeaturesColumnName == options.TargetColumnName)
            yield return
                $"{nameof(options.TargetColumnName)}: expected a name other than that of FeaturesColumnName, got '{options.TargetColumnName}' for both";
        if (options.GridWidth > 0 != options.GridHeight > 0)
            yield return
                $"{nameof(options.GridWidth)}, {nameof(options.GridHeight)}: expected both or neither, got {options.GridWidth} and {options.GridHeight}";
        if (options.GridWidth > 0 && options.RegionSize == 0)
            yield return $"{nameof(options.RegionSize)}: expected the number of numbers of a cell of the grid, got 0";
        if (options.BoxesColumnName is not null && options.GridWidth > 0)
            yield return
                $"{nameof(options.BoxesColumnName)}: expected null for the cells of a grid, which have their own boxes, got '{options.BoxesColumnName}'";
        if (options.BoxesColumnName is not null && options.RegionSize == 0)
            yield return $"{nameof(options.RegionSize)}: expected the number of numbers of a region with a box, got 0";
        if (options.Unit == RnnLanguageUnit.Subword && options.MaximumVocabularySize is >= 1 and < 256)
            yield return
                $"{nameof(options.MaximumVocabularySize)}: expected 256 or more for subwords, got {options.MaximumVocabularySize}: each byte is a symbol";
        if (options.Network is { DeformRegions: true } && options.GridWidth == 0)
            yield return
                $"{nameof(options.Network)}.{nameof(options.Network.DeformRegions)}: expected false without a grid (GridWidth, GridHeight), got true";
        if (options.Decoding is not { } decoding || options.Network is not { } network) yield break;
        foreach (string fault in decoding.Faults(network.Attention != RnnAttention.None)) yield return $"{nameof(options.Decoding)}: {fault}";
        if (decoding.ReplaceUnknown)
            yield return $"{nameof(options.Decoding)}: {nameof(decoding.ReplaceUnknown)}: expected false for images, which have no words, got true";
    }
}
