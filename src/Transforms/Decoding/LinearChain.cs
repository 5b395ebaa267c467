using System.Numerics.Tensors;
using MlNetRnn.Sequences;

namespace MlNetRnn.Decoding;

/// <summary>
/// A linear chain over K tags (Lafferty et al., 2001): the score of a sequence of tags is the sum of what each step says of its tag (emissions) and
/// of what each tag says of the next (transitions). Forbidden transitions score −∞. Immutable, hence shared by all threads.
/// </summary>
internal sealed class LinearChain
{
    private readonly float[] _transitions;      // [K+2,K], as in the graph
    private readonly double[] _factors;         // exp of it

    /// <param name="tags">K.</param>
    /// <param name="transitions">[K+2,K]: from tag to tag; then the scores of the first tag, and of the last.</param>
    /// <param name="rules">What may follow what; null where anything may.</param>
    public LinearChain(int tags, ReadOnlySpan<float> transitions, TagScheme? rules = null)
    {
        (Tags, _transitions) = (tags, transitions.ToArray());
        if (rules is not null) Forbid(rules);
        _factors = Array.ConvertAll(_transitions, score => Math.Exp(score));
    }

    /// <summary>K.</summary>
    public int Tags { get; }

    private int First => Tags * Tags;

    private int Last => First + Tags;

    /// <summary>The score of a transition; −1 stands for before the first step and after the last.</summary>
    public float Transition(int before, int after) => _transitions[before < 0 ? First + after : after < 0 ? Last + before : before * Tags + after];

    /// <summary>The score of a sequence of tags.</summary>
    /// <param name="emissions">[T,K]</param>
    /// <param name="tags">[T]</param>
    public double Score(ReadOnlySpan<float> emissions, ReadOnlySpan<int> tags)
    {
        double score = Transition(tags[^1], -1);
        for (int t = 0; t < tags.Length; t++) score += (double)emissions[t * Tags + tags[t]] + Transition(t == 0 ? -1 : tags[t - 1], tags[t]);
        return score;
    }

    /// <summary>The sequence of tags with the highest score (Viterbi, 1967).</summary>
    /// <param name="emissions">[T,K]</param>
    /// <returns>[T]; null where the rules permit none.</returns>
    public int[]? Best(ReadOnlySpan<float> emissions)
    {
        int steps = emissions.Length / Tags;
        var from = new int[steps * Tags];
        float[] scores = new float[Tags], next = new float[Tags];
        for (int j = 0; j < Tags; j++) scores[j] = _transitions[First + j] + emissions[j];
        for (int t = 1; t < steps; t++)
        {
            Span<int> best = from.AsSpan(t * Tags, Tags);
            Array.Fill(next, float.NegativeInfinity);
            for (int i = 0; i < Tags; i++)
            {
                ReadOnlySpan<float> after = _transitions.AsSpan(i * Tags, Tags);
                for (int j = 0; j < Tags; j++)
                {
                    float score = scores[i] + after[j];
                    if (score > next[j]) (next[j], best[j]) = (score, i);
                }
            }
            TensorPrimitives.Add(next, emissions.Slice(t * Tags, Tags), next);
            (scores, next) = (next, scores);
        }
        TensorPrimitives.Add(scores, _transitions.AsSpan(Last, Tags), scores);
        var path = new int[steps];
        int end = 0;
        for (int j = 1; j < Tags; j++)
            if (scores[j] > scores[end]) end = j;
        if (float.IsNegativeInfinity(scores[end])) return null;
        path[^1] = end;
        for (int t = steps - 1; t > 0; t--) path[t - 1] = from[t * Tags + path[t]];
        return path;
    }

    /// <summary>
    /// Forward and backward (Rabiner, 1989): the probability of each tag at each step, over all sequences of tags.
    /// </summary>
    /// <param name="emissions">[T,K]; −∞ where a step cannot have a tag.</param>
    /// <param name="marginals">Receives the probabilities, [T,K].</param>
    /// <param name="pairs">Receives in addition how often each transition is expected, [K+2,K]; empty where nobody asks.</param>
    /// <returns>The logarithm of the sum of exp(score) over all sequences; −∞ where the rules permit none.</returns>
    public double Expect(ReadOnlySpan<float> emissions, Span<float> marginals, Span<double> pairs)
    {
        double[] own = new double[pairs.Length];
        double logSum = ExpectWithFactors(emissions, marginals, own);
        // Scores hundreds apart leave the range of a double.
        if (!double.IsFinite(logSum)) logSum = LogChain.Expect(this, emissions, marginals, own);
        TensorPrimitives.Add(pairs, own, pairs);
        return logSum;
    }

    /// <returns>No finite number where a number on the way is none.</returns>
    private double ExpectWithFactors(ReadOnlySpan<float> emissions, Span<float> marginals, Span<double> pairs)
    {
        int steps = emissions.Length / Tags;
        double[] weights = new double[emissions.Length], forward = new double[emissions.Length];
        double logSum = 0;
        for (int t = 0; t < steps; t++)
        {
            Span<double> now = forward.AsSpan(t * Tags, Tags), weight = weights.AsSpan(t * Tags, Tags);
            logSum += Weigh(emissions.Slice(t * Tags, Tags), weight);
            if (t == 0) _factors.AsSpan(First, Tags).CopyTo(now);
            for (int i = 0; t > 0 && i < Tags; i++)
                if (forward[(t - 1) * Tags + i] is > 0 and var before) TensorPrimitives.MultiplyAdd(_factors.AsSpan(i * Tags, Tags), before, now, now);
            TensorPrimitives.Multiply(now, weight, now);
            logSum += Math.Log(Normalize(now));
        }
        logSum += Math.Log(TensorPrimitives.Dot<double>(forward.AsSpan((steps - 1) * Tags), _factors.AsSpan(Last, Tags)));
        return double.IsFinite(logSum) && Backward(steps, weights, forward, marginals, pairs) ? logSum : double.NaN;
    }

    /// <returns>False where a number on the way is none.</returns>
    private bool Backward(int steps, double[] weights, double[] forward, Span<float> marginals, Span<double> pairs)
    {
        double[] after = new double[Tags], weighted = new double[Tags], product = new double[Tags];
        _factors.AsSpan(Last, Tags).CopyTo(after);
        for (int t = steps - 1; ; t--)
        {
            Span<double> now = forward.AsSpan(t * Tags, Tags);
            TensorPrimitives.Multiply(now, after, product);
            double sum = Normalize(product);
            if (!double.IsFinite(sum) || sum == 0) return false;
            for (int j = 0; j < Tags; j++) marginals[t * Tags + j] = (float)product[j];
            if (!pairs.IsEmpty && t == steps - 1) TensorPrimitives.Add(pairs.Slice(Last, Tags), product, pairs.Slice(Last, Tags));
            if (t == 0) break;
            TensorPrimitives.Multiply(weights.AsSpan(t * Tags, Tags), after, weighted);
            Normalize(weighted);
            for (int i = 0; i < Tags; i++) after[i] = TensorPrimitives.Dot<double>(_factors.AsSpan(i * Tags, Tags), weighted);
            if (!pairs.IsEmpty) Add(pairs, forward.AsSpan((t - 1) * Tags, Tags), weighted, TensorPrimitives.Dot<double>(forward.AsSpan((t - 1) * Tags, Tags), after));
            Normalize(after);
        }
        if (!pairs.IsEmpty) TensorPrimitives.Add(pairs.Slice(First, Tags), product, pairs.Slice(First, Tags));
        return TensorPrimitives.Sum<double>(pairs) is var all && double.IsFinite(all);
    }

    /// <summary>Adds forward_i · factor_ij · weighted_j / total.</summary>
    private void Add(Span<double> pairs, ReadOnlySpan<double> forward, ReadOnlySpan<double> weighted, double total)
    {
        Span<double> row = stackalloc double[Tags];
        for (int i = 0; i < Tags; i++)
        {
            if (forward[i] == 0) continue;
            TensorPrimitives.Multiply(_factors.AsSpan(i * Tags, Tags), weighted, row);
            TensorPrimitives.MultiplyAdd(row, forward[i] / total, pairs.Slice(i * Tags, Tags), pairs.Slice(i * Tags, Tags));
        }
    }

    /// <summary>exp of a step's emissions, the greatest of which becomes 1.</summary>
    /// <returns>The logarithm of what they were divided by.</returns>
    private static double Weigh(ReadOnlySpan<float> emissions, Span<double> weights)
    {
        double greatest = TensorPrimitives.Max(emissions);
        for (int j = 0; j < weights.Length; j++) weights[j] = Math.Exp(emissions[j] - greatest);
        return greatest;
    }

    /// <returns>The sum before.</returns>
    private static double Normalize(Span<double> numbers)
    {
        double sum = TensorPrimitives.Sum<double>(numbers);
        TensorPrimitives.Divide(numbers, sum, numbers);
        return sum;
    }

    private void Forbid(TagScheme rules)
    {
        for (int i = 0; i < Tags; i++)
        {
            for (int j = 0; j < Tags; j++)
                if (!rules.Allows(i, j)) _transitions[i * Tags + j] = float.NegativeInfinity;
            if (!rules.AllowsFirst(i)) _transitions[First + i] = float.NegativeInfinity;
            if (!rules.AllowsLast(i)) _transitions[Last + i] = float.NegativeInfinity;
        }
    }
}
