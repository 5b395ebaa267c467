using System.Text;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>
/// The texts of a language model. A model of one stream ends no documents: its boundary is a line break in generated text, and, if the rows were lines, in
/// prompts.
/// </summary>
/// <param name="Codec">The symbols.</param>
/// <param name="IsStream">Whether the model was trained on one stream of rows.</param>
/// <param name="RowsAreLines">Whether the rows of the stream contained no line breaks.</param>
internal sealed record ModelTexts(SymbolCodec Codec, bool IsStream, bool RowsAreLines)
{
    private const char LineBreak = '\n';

    public static ModelTexts Of(RnnLanguageModelTransformer model) => new(model.Model.Codec, model.Spec.IsStream, model.Spec.RowsAreLines);

    /// <summary>The text of the boundary.</summary>
    public string Boundary => IsStream ? "\n" : "";

    /// <summary>Returns the symbols of a prompt.</summary>
    public List<int> Encode(string prompt)
    {
        var symbols = new List<int>();
        if (!RowsAreLines)
        {
            Codec.Encode(prompt, symbols);
            return symbols;
        }
        string[] lines = prompt.Replace("\r\n", "\n", StringComparison.Ordinal).Split(LineBreak);
        for (int i = 0; i < lines.Length; i++)
        {
            if (i > 0) symbols.Add(SymbolCodec.Boundary);
            Codec.Encode(lines[i], symbols);
        }
        return symbols;
    }

    /// <summary>Appends the text of a symbol.</summary>
    public void Append(SymbolDecoder decoder, int symbol, StringBuilder text)
    {
        if (symbol == SymbolCodec.Boundary && IsStream)
        {
            decoder.Flush(text);
            text.Append(Boundary);
        }
        else decoder.Append(symbol, text);
    }

    /// <summary>Reads symbols whose text is known. A line begins without a blank.</summary>
    public void Skip(SymbolDecoder decoder, ReadOnlySpan<int> symbols)
    {
        if (IsStream && symbols.LastIndexOf(SymbolCodec.Boundary) is >= 0 and var last)
        {
            decoder.Flush(new StringBuilder());
            symbols = symbols[(last + 1)..];
        }
        decoder.Skip(symbols);
    }

    /// <summary>Returns the options for this model: a stream does not end at a boundary.</summary>
    public RnnGenerationOptions Adjust(RnnGenerationOptions options) => IsStream ? options with { StopAtDocumentEnd = false } : options;
}
