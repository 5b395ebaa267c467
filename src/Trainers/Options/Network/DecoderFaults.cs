namespace MlNetRnn.Options;

/// <summary>Errors in the combination of the options of a decoder with attention.</summary>
internal static class DecoderFaults
{
    public static IEnumerable<string> Of(RnnCell cell, RnnAttention attention, bool inputFeeding, float wordDropout)
    {
        if (cell == RnnCell.None)
            yield return $"{nameof(RnnEncoderOptions.Cell)}: expected a recurrent cell, got None: a sentence depends on the order of its symbols";
        if (inputFeeding && attention is RnnAttention.None or RnnAttention.Additive)
            yield return $"{nameof(RnnTranslationNetworkOptions.InputFeeding)}: expected false when Attention is {attention}, got true";
        if (wordDropout > 0)
            yield return $"{nameof(RnnEncoderOptions.WordDropout)}: expected 0, got {wordDropout}: use EmbeddingDropout";
    }
}
