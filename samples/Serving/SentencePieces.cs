namespace MlNetRnn.Samples.Serving;

/// <summary>
/// The pieces of a long text, which are tagged one by one; a piece ends with the last sentence that fits. The memory of a network grows with the longest of
/// the rows that are scored together: a text of 20,000 punctuation marks would need gigabytes.
/// </summary>
internal static class SentencePieces
{
    /// <summary>The maximum number of tokens of a piece.</summary>
    public const int Longest = 400;

    /// <summary>Returns the pieces; none for a text without tokens.</summary>
    public static IReadOnlyList<ArraySegment<RnnToken>> Of(RnnToken[] tokens)
    {
        var pieces = new List<ArraySegment<RnnToken>>();
        for (int start = 0; start < tokens.Length;)
        {
            int count = tokens.Length - start;
            if (count > Longest)
            {
                int end = Array.FindLastIndex(tokens, start + Longest - 1, Longest, token => token.EndsSentence());
                count = end < 0 ? Longest : end - start + 1;
            }
            pieces.Add(new ArraySegment<RnnToken>(tokens, start, count));
            start += count;
        }
        return pieces;
    }
}
