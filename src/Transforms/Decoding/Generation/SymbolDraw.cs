using System.Numerics.Tensors;
using MlNetRnn.RandomNumbers;

namespace MlNetRnn.Decoding;

/// <summary>Draws a symbol from a distribution: temperature, then top-k, then top-p, then the draw. Allocates nothing per symbol. Not thread-safe.</summary>
/// <param name="temperature">The temperature; 0 for the most probable symbol.</param>
/// <param name="topK">The number of most probable symbols that can be drawn; 0 for all.</param>
/// <param name="topP">The share of the probability that can be drawn, beginning with the most probable symbols; 1 for all.</param>
internal sealed class SymbolDraw(float temperature, int topK, float topP)
{
    /// <summary>The number of symbols that vector instructions reduce to one number.</summary>
    private const int Block = 128;

    /// <summary>Symbols by weight. A key orders by weight, then by symbol, because the bits of positive numbers are ordered as the numbers are.</summary>
    private readonly PriorityQueue<int, ulong> _queue = new();
    private int[] _kept = [];

    /// <summary>Draws a symbol. If it draws at random, it takes one random number.</summary>
    /// <param name="scores">Log-probabilities, which need not be normalized, [V]. They are overwritten.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>The symbol; -1 if every symbol is forbidden.</returns>
    public int Draw(Span<float> scores, ref RandomStream random)
    {
        int best = TensorPrimitives.IndexOfMax(scores);
        float greatest = scores[best];
        if (float.IsNegativeInfinity(greatest)) return -1;
        if (temperature == 0) return best;
        TensorPrimitives.Subtract(scores, greatest, scores);
        TensorPrimitives.Divide(scores, temperature, scores);
        TensorPrimitives.Exp(scores, scores);
        if (topK > 0 && topK < scores.Length) return FromKept(scores, KeepMostProbable(scores), ref random);
        return topP < 1 ? FromKept(scores, KeepNucleus(scores), ref random) : FromAll(scores, random.Next());
    }

    /// <summary>Writes the symbols that top-k leaves to <see cref="_kept"/>, the most probable first, and returns their number.</summary>
    private int KeepMostProbable(ReadOnlySpan<float> weights)
    {
        // The least of the best k is first in the queue. Of equal weights, the lower symbols are kept.
        float least = 0;
        for (int start = 0; start < weights.Length; start += Block)
        {
            int end = Math.Min(start + Block, weights.Length);
            if (TensorPrimitives.Max(weights[start..end]) <= least) continue;
            for (int symbol = start; symbol < end; symbol++)
            {
                float weight = weights[symbol];
                if (weight <= least) continue;
                ulong key = Key(weight, symbol);
                if (_queue.Count < topK) _queue.Enqueue(symbol, key);
                else _queue.EnqueueDequeue(symbol, key);
                if (_queue.Count == topK) least = weights[_queue.Peek()];
            }
        }
        int count = _queue.Count;
        Reserve(count);
        for (int i = count - 1; i >= 0; i--) _kept[i] = _queue.Dequeue();
        return topP < 1 ? NucleusOfKept(weights, count) : count;
    }

    private int NucleusOfKept(ReadOnlySpan<float> weights, int count)
    {
        double share = topP * Sum(weights, count), sum = 0;
        for (int i = 0; i < count; i++)
            if ((sum += weights[_kept[i]]) >= share) return i + 1;
        return count;
    }

    /// <summary>Writes the symbols that top-p leaves to <see cref="_kept"/>, the most probable first, and returns their number.</summary>
    private int KeepNucleus(ReadOnlySpan<float> weights)
    {
        double total = 0;
        foreach (float weight in weights) total += weight;
        // All symbols below this limit together have less than the share that top-p removes.
        double limit = (1 - (double)topP) * total / weights.Length, share = topP * total, sum = 0;
        for (int symbol = 0; symbol < weights.Length; symbol++)
            if (weights[symbol] >= limit) _queue.Enqueue(symbol, ~Key(weights[symbol], symbol)); // the most probable is first in the queue
        int count = 0;
        Reserve(_queue.Count);
        while (sum < share && _queue.TryDequeue(out int symbol, out _))
        {
            _kept[count++] = symbol;
            sum += weights[symbol];
        }
        _queue.Clear();
        return count;
    }

    private int FromKept(ReadOnlySpan<float> weights, int count, ref RandomStream random)
    {
        double target = random.Next() * Sum(weights, count), sum = 0;
        for (int i = 0; i < count; i++)
            if ((sum += weights[_kept[i]]) > target) return _kept[i];
        return _kept[count - 1];
    }

    private static int FromAll(ReadOnlySpan<float> weights, double random)
    {
        double total = 0;
        for (int i = 0; i < weights.Length; i += Block) total += Of(weights, i);
        double target = random * total, sum = 0;
        int last = 0;
        for (int i = 0; i < weights.Length; i += Block)
        {
            double block = Of(weights, i);
            if (sum + block > target)
            {
                double within = sum;
                for (int symbol = i; symbol < Math.Min(i + Block, weights.Length); symbol++)
                {
                    if (weights[symbol] == 0) continue;
                    last = symbol;
                    if ((within += weights[symbol]) > target) return symbol;
                }
                // The sum of a block is rounded differently. The target is at the end of the block.
                return last;
            }
            sum += block;
        }
        return TensorPrimitives.IndexOfMax(weights);

        static float Of(ReadOnlySpan<float> weights, int from) =>
            TensorPrimitives.Sum(weights.Slice(from, Math.Min(Block, weights.Length - from)));
    }

    private double Sum(ReadOnlySpan<float> weights, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += weights[_kept[i]];
        return sum;
    }

    private void Reserve(int count)
    {
        if (_kept.Length < count) _kept = new int[Math.Max(count, 2 * _kept.Length)];
    }

    private static ulong Key(float weight, int symbol) => ((ulong)BitConverter.SingleToUInt32Bits(weight) << 32) | ~(uint)symbol;
}
