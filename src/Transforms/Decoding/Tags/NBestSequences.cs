namespace MlNetRnn.Decoding;

/// <summary>The n-best search of a linear-chain CRF: the Viterbi algorithm with the n best paths to each tag instead of one.</summary>
internal static class NBestSequences
{
    private readonly record struct Way(double Score, int From, int Rank);

    /// <summary>Finds the n best sequences of tags.</summary>
    /// <param name="chain">The CRF.</param>
    /// <param name="emissions">The scores of the tags at each step, [T,K].</param>
    /// <param name="count">n.</param>
    /// <returns>The sequences with their scores, the best first; fewer than n if fewer exist.</returns>
    public static List<(int[] Tags, double Score)> Find(LinearChainCrf chain, ReadOnlySpan<float> emissions, int count)
    {
        int tags = chain.Tags, steps = emissions.Length / tags;
        var ways = new Way[steps + 1][][];
        ways[0] = new Way[tags][];
        for (int j = 0; j < tags; j++) ways[0][j] = Kept([new Way(chain.Transition(-1, j) + emissions[j], -1, 0)], count);
        for (int t = 1; t <= steps; t++)
        {
            // An additional step, whose only tag is "end", closes the search.
            int targets = t == steps ? 1 : tags;
            ways[t] = new Way[targets][];
            for (int j = 0; j < targets; j++)
            {
                int to = t == steps ? -1 : j;
                double own = t == steps ? 0 : emissions[t * tags + j];
                var candidates = new List<Way>();
                for (int i = 0; i < tags; i++)
                    for (int rank = 0; rank < ways[t - 1][i].Length; rank++)
                        candidates.Add(new Way(ways[t - 1][i][rank].Score + chain.Transition(i, to) + own, i, rank));
                ways[t][j] = Kept(candidates, count);
            }
        }
        return [.. ways[steps][0].Select(end => (Follow(ways, end, steps), end.Score))];
    }

    private static Way[] Kept(IEnumerable<Way> candidates, int count) =>
        [.. candidates.Where(way => !double.IsNegativeInfinity(way.Score)).OrderByDescending(way => way.Score).Take(count)];

    private static int[] Follow(Way[][][] ways, Way end, int steps)
    {
        var tags = new int[steps];
        Way way = end;
        for (int t = steps - 1; t >= 0; t--)
        {
            tags[t] = way.From;
            way = ways[t][way.From][way.Rank];
        }
        return tags;
    }
}
