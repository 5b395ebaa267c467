using System.Globalization;
using System.Numerics.Tensors;

namespace MlNetRnn.Decoding;

/// <summary>
/// The weighted arithmetic mean of distributions, computed from log-probabilities to log-probabilities. Numbers are scaled by the greatest one, so that
/// probabilities too small for a float do not become 0. Not thread-safe.
/// </summary>
internal sealed class DistributionMean
{
    /// <summary>The part of the distributions that is computed at once: it fits into the cache.</summary>
    private const int Block = 2048;

    private readonly float[] _weights;
    private readonly float[] _greatest = new float[Block], _sum = new float[Block], _part = new float[Block];

    /// <summary>Prepares a mean.</summary>
    /// <param name="weights">The weights, greater than 0. Only their ratios matter.</param>
    /// <param name="count">The number of distributions.</param>
    /// <exception cref="ArgumentException">A weight is not valid.</exception>
    public DistributionMean(IReadOnlyList<double> weights, int count)
    {
        if (weights.Count != count)
            throw new ArgumentException($"Expected a weight for each of {count} models, got {weights.Count}.", nameof(weights));
        double sum = weights.Sum();
        if (weights.Any(weight => !(weight > 0)) || !double.IsFinite(sum))
        {
            string got = string.Join("; ", weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)));
            throw new ArgumentException($"Expected finite weights greater than 0, got {got}. Leave out models without weight.", nameof(weights));
        }
        _weights = [.. weights.Select(weight => (float)(weight / sum))];
    }

    /// <summary>Computes the mean.</summary>
    /// <param name="logProbabilities">Log-probabilities of each model, of at least the length of the result.</param>
    /// <param name="result">Receives the log-probabilities of the mean.</param>
    public void Compute(float[][] logProbabilities, Span<float> result)
    {
        for (int start = 0; start < result.Length; start += Block)
        {
            int length = Math.Min(Block, result.Length - start);
            Span<float> greatest = _greatest.AsSpan(0, length), sum = _sum.AsSpan(0, length), part = _part.AsSpan(0, length);
            // A floor, because the difference of two negative infinities is NaN.
            greatest.Fill(float.MinValue);
            foreach (float[] member in logProbabilities) TensorPrimitives.Max(greatest, member.AsSpan(start, length), greatest);
            sum.Clear();
            for (int m = 0; m < logProbabilities.Length; m++)
            {
                TensorPrimitives.Subtract(logProbabilities[m].AsSpan(start, length), greatest, part);
                TensorPrimitives.Exp(part, part);
                TensorPrimitives.MultiplyAdd(part, _weights[m], sum, sum);
            }
            TensorPrimitives.Log(sum, sum);
            TensorPrimitives.Add(sum, greatest, result.Slice(start, length));
        }
    }
}
