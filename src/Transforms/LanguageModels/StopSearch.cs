using System.Runtime.CompilerServices;
using System.Text;
using MlNetRnn.Decoding;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>
/// Finds stop sequences in the texts of a beam search. The text of a beginning is that of the beginning before and one more symbol, so that a step takes the
/// same time after any length. Not thread-safe.
/// </summary>
/// <param name="texts">The texts of the model.</param>
/// <param name="stops">The stop sequences, at least one.</param>
/// <param name="before">The state of a decoder after the prompt.</param>
internal sealed class StopSearch(ModelTexts texts, IReadOnlyList<string> stops, byte[] before)
{
    private readonly ConditionalWeakTable<BeamPath, End> _ends = [];
    private readonly int _kept = stops.Max(stop => stop.Length) - 1;

    /// <summary>Returns whether the text of a beginning, whose part before the last symbol has none, contains a stop sequence.</summary>
    public bool Contains(BeamPath path) => EndOf(path).IsStopped;

    private End EndOf(BeamPath path)
    {
        if (_ends.TryGetValue(path, out End? known)) return known;
        End last = path.Before is { } shorter ? EndOf(shorter) : new End(before, "", false);
        SymbolDecoder decoder = texts.Codec.OpenDecoder();
        decoder.Restore(last.Decoder);
        var text = new StringBuilder(last.Text);
        texts.Append(decoder, path.Symbol, text);
        string all = text.ToString();
        bool isStopped = stops.Any(stop => all.Contains(stop, StringComparison.Ordinal));
        var end = new End(decoder.Save(), all[Math.Max(0, all.Length - _kept)..], isStopped);
        _ends.Add(path, end);
        return end;
    }

    /// <param name="Decoder">The state of the decoder.</param>
    /// <param name="Text">The end of the text, in which a stop sequence may begin.</param>
    /// <param name="IsStopped">Whether the text contains a stop sequence.</param>
    private sealed record End(byte[] Decoder, string Text, bool IsStopped);
}
