using System.Numerics.Tensors;

namespace MlNetRnn.Decoding;

/// <summary>The Viterbi algorithm for a linear-chain CRF.</summary>
internal static class Viterbi
{
    /// <summary>Finds the sequence of tags with the highest score (Viterbi, 1967).</summary>
    /// <param name="chain">The CRF.</param>
    /// <param name="emissions">The scores of the tags at each step, [T,K].</param>
    /// <returns>The tags, [T]; null if the rules permit no sequence.</returns>
    public static int[]? Best(LinearChainCrf chain, ReadOnlySpan<float> emissions)
    {
        int tags = chain.Tags, steps = emissions.Length / tags;
        var from = new int[steps * tags];
        float[] scores = new float[tags], next = new float[tags];
        for (int j = 0; j < tags; j++) scores[j] = chain.Transition(-1, j) + emissions[j];
        for (int t = 1; t < steps; t++)
        {
            Span<int> best = from.AsSpan(t * tags, tags);
            Array.Fill(next, float.NegativeInfinity);
            for (int i = 0; i < tags; i++)
            {
                ReadOnlySpan<float> after = chain.After(i);
                for (int j = 0; j < tags; j++)
                {
                    float score = scores[i] + after[j];
                    if (score > next[j]) (next[j], best[j]) = (score, i);
                }
            }
            TensorPrimitives.Add(next, emissions.Slice(t * tags, tags), next);
            // Sums over thousands of steps would lose the differences between tags.
            if (TensorPrimitives.Max<float>(next) is var greatest && float.IsFinite(greatest)) TensorPrimitives.Subtract(next, greatest, next);
            (scores, next) = (next, scores);
        }
        for (int j = 0; j < tags; j++) scores[j] += chain.Transition(j, -1);
        var path = new int[steps];
        int end = 0;
        for (int j = 1; j < tags; j++)
            if (scores[j] > scores[end]) end = j;
        if (float.IsNegativeInfinity(scores[end])) return null;
        path[^1] = end;
        for (int t = steps - 1; t > 0; t--) path[t - 1] = from[t * tags + path[t]];
        return path;
    }
}
