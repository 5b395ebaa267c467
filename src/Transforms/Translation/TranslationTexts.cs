using MlNetRnn.Decoding;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>Converts symbols of a translation to texts.</summary>
/// <param name="model">The model.</param>
/// <param name="tags">The languages.</param>
internal sealed class TranslationTexts(TranslationModel model, LanguageTags tags)
{
    /// <summary>Returns the text of each step of a source; empty for frames.</summary>
    public string[] SourceSymbols(SourceSet sources, int row) => model.Source is not { } codec
        ? []
        : Array.ConvertAll(sources.Sequences[row].ToArray(), symbol => symbol < codec.Count ? codec.TextOf(symbol) : tags.TextOf(symbol));

    /// <summary>Returns the text of each target symbol.</summary>
    public string[] Symbols(int[] symbols) => Array.ConvertAll(symbols, model.Target.TextOf);

    /// <summary>Returns the text of a translation.</summary>
    /// <param name="found">The translation.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="row">The source.</param>
    /// <param name="replacesUnknown">Whether unknown symbols are replaced by the source symbol with the greatest attention.</param>
    public string Text(FoundTranslation found, SourceSet sources, int row, bool replacesUnknown)
    {
        int[] symbols = found.Sequence.Symbols;
        if (!replacesUnknown || found.Attention is not { Count: > 0 } attention || !symbols.Contains(SymbolCodec.Unknown)) return model.Target.Decode(symbols);
        string[] source = SpelledSource(sources.Sequences, row);
        var words = new List<string>();
        for (int i = 0; i < symbols.Length; i++)
            if (symbols[i] != SymbolCodec.Boundary)
                words.Add(symbols[i] == SymbolCodec.Unknown && Aligned(source, attention[i]) is { } word ? word : model.Target.TextOf(symbols[i]));
        return model.Target.Join(words);
    }

    /// <summary>Returns why a translation ended.</summary>
    public static RnnGenerationEnd EndOf(GenerationEnd end) => end switch
    {
        GenerationEnd.DocumentEnd => RnnGenerationEnd.DocumentEnd,
        GenerationEnd.NothingAllowed => RnnGenerationEnd.NothingAllowed,
        _ => RnnGenerationEnd.MaximumLength,
    };

    /// <summary>Returns the text of each step of a source as it is spelled; empty for frames, the end and a tag.</summary>
    private static string[] SpelledSource(SequenceStore sources, int row) =>
        sources.KeepsTexts && sources.FrameSize == 0 ? Array.ConvertAll(sources.Spelled(row).ToArray(), number => sources.Spellings[number]) : [];

    /// <summary>Returns the source symbol with the greatest attention; null for the end or a tag.</summary>
    private static string? Aligned(string[] source, float[] weights)
    {
        int best = 0;
        for (int i = 1; i < weights.Length; i++)
            if (weights[i] > weights[best]) best = i;
        return best < source.Length && source[best].Length > 0 ? source[best] : null;
    }
}
