using System.Runtime.InteropServices;
using MlNetRnn.Decoding;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>A prompt: the symbols that a generation starts from, and the text that it follows.</summary>
internal sealed class Prompt
{
    private readonly ModelTexts _texts;
    private readonly byte[] _decoder;

    /// <param name="texts">The texts of the model.</param>
    /// <param name="text">The text.</param>
    /// <param name="state">The earlier generation that is continued; null for a new text.</param>
    /// <exception cref="FormatException">The state is that of another model.</exception>
    public Prompt(ModelTexts texts, string text, RnnGenerationState? state)
    {
        _texts = texts;
        List<int> symbols = texts.Encode(text);
        Start = new GenerationStart(symbols, state?.Generation);
        SymbolDecoder decoder = texts.Codec.OpenDecoder();
        if (state is not null) decoder.Restore(state.Generation.Text);
        texts.Skip(decoder, CollectionsMarshal.AsSpan(symbols));
        if (text.Length > 0 && char.IsWhiteSpace(text[^1])) decoder.SkipBlank();
        _decoder = decoder.Save();
    }

    /// <summary>The symbols that the model reads first.</summary>
    public GenerationStart Start { get; }

    /// <summary>Opens the search for the stop sequences of options that have some.</summary>
    public StopSearch OpenStops(RnnGenerationOptions options) => new(_texts, options.StopSequences, _decoder);

    /// <summary>Opens the text that follows the prompt.</summary>
    public GeneratedText OpenText(RnnGenerationOptions options) => new(_texts, options.StopSequences, _decoder);
}
