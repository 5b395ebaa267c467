namespace MlNetRnn.Samples.Serving;

/// <summary>
/// A long text in pieces that are tagged one by one: after the last end of a sentence that fits. The memory of a network grows with the longest of the rows
/// that it scores together; a text of 20,000 marks would cost gigabytes.
/// </summary>
internal static class SentencePieces
{
    /// <summary>The most tokens of a piece.</summary>
    public const int Longest = 400;

    /// <summary>None for a text without tokens.</summary>
    public static IReadOnlyList<ArraySegment<Token>> Of(Token[] tokens)
    {
        var pieces = new List<ArraySegment<Token>>();
        for (int start = 0; start < tokens.Length;)
        {
            int count = tokens.Length - start;
            if (count > Longest)
            {
                int end = Array.FindLastIndex(tokens, start + Longest - 1, Longest, token => token.EndsSentence);
                count = end < 0 ? Longest : end - start + 1;
            }
            pieces.Add(new ArraySegment<Token>(tokens, start, count));
            start += count;
        }
        return pieces;
    }
}
