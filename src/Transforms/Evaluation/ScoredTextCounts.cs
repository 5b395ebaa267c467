using System.Text;

namespace MlNetRnn.Evaluation;

/// <summary>Sums over the rows of a text. The end of each row counts as a symbol, a character and a word.</summary>
internal sealed class ScoredTextCounts
{
    public long Rows { get; private set; }

    public double LogProbability { get; set; }

    /// <summary>The number of symbols; null if it is not known.</summary>
    public long? Symbols { get; set; }

    /// <summary>The number of unknown symbols; null if it is not known.</summary>
    public long? UnknownSymbols { get; set; }

    /// <summary>The number of characters; null if the rows are not texts.</summary>
    public long? Characters { get; private set; } = 0;

    public long Words { get; private set; }

    /// <summary>Adds the characters and words of a text.</summary>
    public void AddText(ReadOnlySpan<char> text)
    {
        (Rows, Characters, Words) = (Rows + 1, Characters + 1, Words + 1);
        bool isInWord = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Characters++;
            bool isSpace = Rune.IsWhiteSpace(rune);
            if (!isSpace && !isInWord) Words++;
            isInWord = !isSpace;
        }
    }

    /// <summary>Adds a row of units.</summary>
    public void AddUnits(int count) => (Rows, Characters, Words) = (Rows + 1, null, Words + count + 1);
}
