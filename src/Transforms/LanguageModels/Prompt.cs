using System.Runtime.InteropServices;
using MlNetRnn.Decoding;

namespace MlNetRnn.LanguageModels;

/// <summary>A prompt: the symbols that a generation starts from, and the text that it follows.</summary>
internal sealed class Prompt
{
    /// <summary>The number of symbols before a text on which its blanks can depend; subwords may begin within a character.</summary>
    private const int Context = 16;

    private readonly ModelTexts _texts;
    private readonly int[] _before;

    /// <param name="texts">The texts of the model.</param>
    /// <param name="text">The text.</param>
    /// <param name="state">The earlier generation that is continued; null for a new text.</param>
    public Prompt(ModelTexts texts, string text, RnnGenerationState? state)
    {
        _texts = texts;
        List<int> symbols = texts.Encode(text);
        Start = new GenerationStart(symbols, state?.Generation);
        _before = Last([.. state?.LastSymbols ?? [], .. symbols]);
    }

    /// <summary>The symbols that the model reads first.</summary>
    public GenerationStart Start { get; }

    /// <summary>Opens the text that follows the prompt.</summary>
    public GeneratedText OpenText(RnnGenerationOptions options) => new(_texts, options.StopSequences, _before);

    /// <summary>Returns the last symbols of the prompt and the symbols that follow it.</summary>
    public int[] LastSymbols(List<int> generated) => Last([.. _before, .. CollectionsMarshal.AsSpan(generated)]);

    private static int[] Last(int[] symbols) => symbols[Math.Max(0, symbols.Length - Context)..];
}
