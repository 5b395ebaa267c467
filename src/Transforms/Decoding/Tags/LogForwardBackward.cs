namespace MlNetRnn.Decoding;

/// <summary>The forward-backward algorithm for a linear-chain CRF, in logarithms: slower than with factors, but exact for all scores.</summary>
internal static class LogForwardBackward
{
    /// <inheritdoc cref="ForwardBackward.Expect"/>
    /// <param name="chain">The CRF.</param>
    /// <param name="emissions">The scores of the tags at each step, [T,K].</param>
    /// <param name="marginals">Receives the probabilities, [T,K].</param>
    /// <param name="pairs">Receives the expected count of each transition, [K+2,K]; empty if not needed.</param>
    public static double Expect(LinearChainCrf chain, ReadOnlySpan<float> emissions, Span<float> marginals, Span<double> pairs)
    {
        int tags = chain.Tags, steps = emissions.Length / tags;
        double[] forward = new double[emissions.Length], backward = new double[emissions.Length], terms = new double[tags];
        for (int t = 0; t < steps; t++)
            for (int j = 0; j < tags; j++)
            {
                for (int i = 0; t > 0 && i < tags; i++) terms[i] = forward[(t - 1) * tags + i] + chain.Transition(i, j);
                forward[t * tags + j] = emissions[t * tags + j] + (t == 0 ? chain.Transition(-1, j) : LogSum(terms));
            }
        for (int t = steps - 1; t >= 0; t--)
            for (int i = 0; i < tags; i++)
            {
                for (int j = 0; t < steps - 1 && j < tags; j++)
                    terms[j] = (double)chain.Transition(i, j) + emissions[(t + 1) * tags + j] + backward[(t + 1) * tags + j];
                backward[t * tags + i] = t == steps - 1 ? chain.Transition(i, -1) : LogSum(terms);
            }
        for (int j = 0; j < tags; j++) terms[j] = forward[j] + backward[j];
        double logSum = LogSum(terms);
        for (int n = 0; n < marginals.Length; n++) marginals[n] = (float)Math.Exp(forward[n] + backward[n] - logSum);
        pairs.Clear();
        for (int t = 0; t <= steps && !pairs.IsEmpty; t++)
            for (int j = 0; j < tags; j++)
            {
                if (t == 0 || t == steps) pairs[(t == 0 ? tags : tags + 1) * tags + j] += marginals[Math.Min(t, steps - 1) * tags + j];
                for (int i = 0; t > 0 && t < steps && i < tags; i++)
                {
                    double score = forward[(t - 1) * tags + i] + chain.Transition(i, j) + emissions[t * tags + j] + backward[t * tags + j];
                    pairs[i * tags + j] += Math.Exp(score - logSum);
                }
            }
        return logSum;
    }

    private static double LogSum(ReadOnlySpan<double> terms)
    {
        double greatest = double.NegativeInfinity;
        foreach (double term in terms) greatest = term > greatest || double.IsNaN(term) ? term : greatest;
        if (double.IsNegativeInfinity(greatest)) return greatest;
        double sum = 0;
        foreach (double term in terms) sum += Math.Exp(term - greatest);
        return greatest + Math.Log(sum);
    }
}
