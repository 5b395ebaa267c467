using System.Text;
using MlNetRnn.Decoding;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>The symbols and the text of a sequence while it is generated.</summary>
/// <param name="text">The text, which has no symbol yet.</param>
internal sealed class TextRow(GeneratedText text)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _pieces = [];
    private readonly List<int> _symbols = [];
    private readonly List<float> _logProbabilities = [];

    /// <summary>Whether the text has reached a stop sequence.</summary>
    public bool IsStopped => text.IsStopped;

    /// <summary>Creates the row of symbols that are known.</summary>
    public static TextRow Of(GeneratedText text, ReadOnlySpan<int> symbols, ReadOnlySpan<float> logProbabilities = default)
    {
        var row = new TextRow(text);
        for (int i = 0; i < symbols.Length && !row.IsStopped; i++)
            row.Add(new GeneratedSymbol(0, symbols[i], i < logProbabilities.Length ? logProbabilities[i] : 0, GenerationEnd.None));
        return row;
    }

    /// <summary>Adds a symbol, and returns whether the text has reached a stop sequence.</summary>
    public bool Add(GeneratedSymbol generated)
    {
        _symbols.Add(generated.Symbol);
        _logProbabilities.Add(generated.LogProbability);
        _text.Append(text.Append(generated.Symbol));
        _pieces.Add(text.Added);
        return text.IsStopped;
    }

    /// <summary>Returns the generated text.</summary>
    /// <param name="codec">The symbols.</param>
    /// <param name="end">Why the sequence ended.</param>
    /// <param name="state">The state after the sequence.</param>
    /// <param name="score">The score of a beam search; null for the log-probability.</param>
    public RnnGeneratedText ToResult(SymbolCodec codec, GenerationEnd end, GenerationState state, double? score = null)
    {
        byte[] decoder = text.SaveDecoder();
        _text.Append(text.Flush());
        Fit(_pieces, _text);
        return new(
            _pieces,
            [.. _symbols.Select(codec.TextOf)],
            [.. _logProbabilities],
            score ?? _logProbabilities.Sum(value => (double)value),
            end switch
            {
                _ when text.IsStopped => RnnGenerationEnd.StopSequence,
                GenerationEnd.DocumentEnd => RnnGenerationEnd.DocumentEnd,
                GenerationEnd.MaximumLength => RnnGenerationEnd.MaximumLength,
                GenerationEnd.NothingAllowed => RnnGenerationEnd.NothingAllowed,
                _ => throw new InvalidOperationException($"Generation: expected a sequence that has ended, got {end}."),
            },
            new RnnGenerationState(state with { Text = decoder }));
    }

    /// <summary>Shortens the last pieces by what a stop sequence cut off, or adds what the end of the text adds, so that they are the whole text.</summary>
    private static void Fit(List<string> pieces, StringBuilder text)
    {
        int length = pieces.Sum(piece => piece.Length);
        if (pieces.Count > 0 && length < text.Length) pieces[^1] += text.ToString(length, text.Length - length);
        for (int i = pieces.Count - 1; i >= 0 && length > text.Length; i--)
        {
            int cut = Math.Min(pieces[i].Length, length - text.Length);
            pieces[i] = pieces[i][..^cut];
            length -= cut;
        }
    }
}
