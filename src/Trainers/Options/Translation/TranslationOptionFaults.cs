using MlNetRnn.Columns;

namespace MlNetRnn.Options;

/// <summary>Errors in the combination of the options of a translation trainer.</summary>
internal static class TranslationOptionFaults
{
    public static IEnumerable<string> Of(RnnTranslationOptions options)
    {
        foreach (string fault in RepeatedNames.Faults(
            [
                (nameof(options.TranslationColumnName), options.TranslationColumnName), .. options.CommonOutputs,
                (nameof(options.SourceSymbolsColumnName), options.SourceSymbolsColumnName),
            ],
            [
                (nameof(options.SourceColumnName), options.SourceColumnName), (nameof(options.TargetColumnName), options.TargetColumnName),
                (nameof(options.SourceLanguageColumnName), options.SourceLanguageColumnName),
                (nameof(options.TargetLanguageColumnName), options.TargetLanguageColumnName),
            ]))
            yield return fault;
        if (options.SourceColumnName == options.TargetColumnName)
            yield return $"{nameof(options.TargetColumnName)}: expected a name other than that of SourceColumnName, got '{options.TargetColumnName}' for both";
        if (options.SourceLanguageColumnName is not null && options.TargetLanguageColumnName is null)
            yield return $"{nameof(options.TargetLanguageColumnName)}: expected a name when SourceLanguageColumnName is set, got null";
        if (options.EncoderPerLanguage && options.SourceLanguageColumnName is null)
            yield return $"{nameof(options.EncoderPerLanguage)}: expected false without {nameof(options.SourceLanguageColumnName)}, got true";
        if (options.DecoderPerLanguage && options.TargetLanguageColumnName is null)
            yield return $"{nameof(options.DecoderPerLanguage)}: expected false without {nameof(options.TargetLanguageColumnName)}, got true";
        RnnLanguageUnit target = options.TargetUnit ?? options.Unit;
        if ((options.Unit == RnnLanguageUnit.Subword || target == RnnLanguageUnit.Subword) && options.MaximumVocabularySize is >= 1 and < 256)
            yield return
                $"{nameof(options.MaximumVocabularySize)}: expected 256 or more for subwords, got {options.MaximumVocabularySize}: each byte is a symbol";
        if (options.JointVocabulary && target != options.Unit)
            yield return $"{nameof(options.TargetUnit)}: expected that of the source, {options.Unit}, for a joint vocabulary, got {target}";
        if (options.JointVocabulary && options.FrameSize > 0)
            yield return $"{nameof(options.JointVocabulary)}: expected false for a source of frames, got true";
        if (options.TargetLanguageColumnName is not null && options.FrameSize > 0)
            yield return $"{nameof(options.TargetLanguageColumnName)}: expected null for a source of frames, which has no tag, got a name";
        if (options.Network?.SharedEmbeddings == true && !options.JointVocabulary)
            yield return
                $"{nameof(options.Network)}.{nameof(options.Network.SharedEmbeddings)}: expected false without {nameof(options.JointVocabulary)}, got true";
        if (options.Decoding is { } decoding && options.Network is { } network)
            foreach (string fault in decoding.Faults(network.Attention != RnnAttention.None)) yield return $"{nameof(options.Decoding)}: {fault}";
    }
}
