using System.Numerics.Tensors;

namespace MlNetRnn.Decoding;

/// <summary>The forward-backward algorithm for a linear-chain CRF, with scaled factors.</summary>
internal static class ForwardBackward
{
    // The product of two shares of this size is still in the range of a double.
    private const double Least = 1e-150;

    /// <summary>
    /// Computes the probability of each tag at each step, over all sequences of tags (forward-backward; Rabiner, 1989).
    /// </summary>
    /// <param name="chain">The CRF.</param>
    /// <param name="emissions">The scores of the tags at each step, [T,K]; −∞ where a step cannot have a tag.</param>
    /// <param name="marginals">Receives the probabilities, [T,K].</param>
    /// <param name="pairs">Receives the expected count of each transition, [K+2,K]; empty if not needed.</param>
    /// <returns>The logarithm of the sum of exp(score) over all sequences; −∞ if the rules permit no sequence.</returns>
    public static double Expect(LinearChainCrf chain, ReadOnlySpan<float> emissions, Span<float> marginals, Span<double> pairs)
    {
        pairs.Clear();
        double logSum = ExpectWithFactors(chain, emissions, marginals, pairs);
        // Factors of scores that lie hundreds apart exceed the range of a double.
        return double.IsFinite(logSum) ? logSum : LogForwardBackward.Expect(chain, emissions, marginals, pairs);
    }

    /// <returns>The logarithm of the sum; not finite if an intermediate value is not finite, or too small to be exact.</returns>
    private static double ExpectWithFactors(LinearChainCrf chain, ReadOnlySpan<float> emissions, Span<float> marginals, Span<double> pairs)
    {
        int tags = chain.Tags, steps = emissions.Length / tags;
        ReadOnlySpan<double> factors = chain.Factors;
        double[] weights = new double[emissions.Length], forward = new double[emissions.Length];
        double logSum = 0;
        for (int t = 0; t < steps; t++)
        {
            Span<double> now = forward.AsSpan(t * tags, tags), weight = weights.AsSpan(t * tags, tags);
            logSum += Weigh(emissions.Slice(t * tags, tags), weight);
            if (t == 0) factors.Slice(chain.First, tags).CopyTo(now);
            for (int i = 0; t > 0 && i < tags; i++)
                if (forward[(t - 1) * tags + i] is > 0 and var before) TensorPrimitives.MultiplyAdd(factors.Slice(i * tags, tags), before, now, now);
            TensorPrimitives.Multiply(now, weight, now);
            logSum += Math.Log(Normalize(now));
            for (int j = 0; j < tags; j++)
                if (IsLost(now[j], emissions[t * tags + j], t, j)) return double.NaN;
        }
        logSum += Math.Log(TensorPrimitives.Dot<double>(forward.AsSpan((steps - 1) * tags), factors.Slice(chain.Last, tags)));
        return double.IsFinite(logSum) && Backward(chain, weights, forward, marginals, pairs) ? logSum : double.NaN;

        // Whether a possible tag seems impossible because its share of the sum is too small for a double.
        bool IsLost(double share, float emission, int t, int tag)
        {
            if (share >= Least || float.IsNegativeInfinity(emission)) return false;
            if (share > 0) return true;
            if (t == 0) return !float.IsNegativeInfinity(chain.Transition(-1, tag));
            for (int i = 0; i < tags; i++)
                if (forward[(t - 1) * tags + i] > 0 && !float.IsNegativeInfinity(chain.Transition(i, tag))) return true;
            return false;
        }
    }

    /// <returns>False if an intermediate value is not finite.</returns>
    private static bool Backward(LinearChainCrf chain, double[] weights, double[] forward, Span<float> marginals, Span<double> pairs)
    {
        int tags = chain.Tags, first = chain.First, last = chain.Last, steps = weights.Length / tags;
        ReadOnlySpan<double> factors = chain.Factors;
        double[] after = new double[tags], weighted = new double[tags], product = new double[tags];
        factors.Slice(chain.Last, tags).CopyTo(after);
        for (int t = steps - 1; ; t--)
        {
            Span<double> now = forward.AsSpan(t * tags, tags);
            TensorPrimitives.Multiply(now, after, product);
            double sum = Normalize(product);
            if (!double.IsFinite(sum) || sum == 0) return false;
            for (int j = 0; j < tags; j++) marginals[t * tags + j] = (float)product[j];
            if (!pairs.IsEmpty && t == steps - 1) TensorPrimitives.Add(pairs.Slice(last, tags), product, pairs.Slice(last, tags));
            if (t == 0) break;
            TensorPrimitives.Multiply(weights.AsSpan(t * tags, tags), after, weighted);
            Normalize(weighted);
            for (int i = 0; i < tags; i++) after[i] = TensorPrimitives.Dot<double>(factors.Slice(i * tags, tags), weighted);
            if (AnyLost(chain, forward.AsSpan((t - 1) * tags, tags), weighted, after)) return false;
            ReadOnlySpan<double> before = forward.AsSpan((t - 1) * tags, tags);
            if (!pairs.IsEmpty) Add(chain, pairs, before, weighted, TensorPrimitives.Dot<double>(before, after));
            Normalize(after);
        }
        if (!pairs.IsEmpty) TensorPrimitives.Add(pairs.Slice(first, tags), product, pairs.Slice(first, tags));
        return TensorPrimitives.Sum<double>(pairs) is var all && double.IsFinite(all);
    }

    /// <summary>Returns whether a tag of a step can reach the end although its share has become too small for a double.</summary>
    private static bool AnyLost(LinearChainCrf chain, ReadOnlySpan<double> forward, ReadOnlySpan<double> weighted, ReadOnlySpan<double> after)
    {
        double sum = TensorPrimitives.Sum(after);
        for (int i = 0; i < after.Length; i++)
        {
            if (after[i] >= Least * sum || forward[i] == 0) continue;
            if (after[i] > 0) return true;
            for (int j = 0; j < after.Length; j++)
                if (weighted[j] > 0 && !float.IsNegativeInfinity(chain.Transition(i, j))) return true;
        }
        return false;
    }

    /// <summary>Adds forward_i · factor_ij · weighted_j / total.</summary>
    private static void Add(LinearChainCrf chain, Span<double> pairs, ReadOnlySpan<double> forward, ReadOnlySpan<double> weighted, double total)
    {
        int tags = chain.Tags;
        Span<double> row = stackalloc double[tags];
        for (int i = 0; i < tags; i++)
        {
            if (forward[i] == 0) continue;
            TensorPrimitives.Multiply(chain.Factors.Slice(i * tags, tags), weighted, row);
            TensorPrimitives.MultiplyAdd(row, forward[i] / total, pairs.Slice(i * tags, tags), pairs.Slice(i * tags, tags));
        }
    }

    /// <summary>Computes exp of the emissions of a step, scaled so that the greatest becomes 1.</summary>
    /// <returns>The logarithm of the divisor.</returns>
    private static double Weigh(ReadOnlySpan<float> emissions, Span<double> weights)
    {
        double greatest = TensorPrimitives.Max(emissions);
        for (int j = 0; j < weights.Length; j++) weights[j] = Math.Exp(emissions[j] - greatest);
        return greatest;
    }

    /// <summary>Divides numbers by their sum.</summary>
    /// <returns>The sum.</returns>
    private static double Normalize(Span<double> numbers)
    {
        double sum = TensorPrimitives.Sum<double>(numbers);
        TensorPrimitives.Divide(numbers, sum, numbers);
        return sum;
    }
}
