using System.Numerics.Tensors;

namespace MlNetRnn.Decoding;

/// <summary>
/// The best extensions of the beginnings of a beam search, selected without sorting all of them. Of equally good ones, it keeps the first. It reuses its memory
/// in every step.
/// </summary>
/// <param name="width">The number of extensions to keep.</param>
/// <param name="symbols">V.</param>
/// <param name="forbidden">A symbol that is never kept; null for none.</param>
internal sealed class BeamCandidates(int width, int symbols, int? forbidden = null)
{
    private readonly record struct Candidate(int From, BeamPath? Before, int Symbol, double LogProbability);

    /// <summary>The worst of the kept extensions is first: the one with the lowest score, and of several the one that was added last.</summary>
    private readonly PriorityQueue<Candidate, (double Score, int Order)> _kept = new(
        Comparer<(double Score, int Order)>.Create((a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : b.Order.CompareTo(a.Order)));

    private float[] _filtered = [];

    private int _order;

    /// <summary>Adds the extensions of a beginning.</summary>
    /// <param name="index">The index of the beginning.</param>
    /// <param name="before">The beginning; null for no symbols.</param>
    /// <param name="logProbabilities">The log-probabilities of the next symbol, [V].</param>
    /// <param name="filter">Changes a copy of these numbers; null for no change.</param>
    public void Add(int index, BeamPath? before, ReadOnlySpan<float> logProbabilities, BeamFilter? filter)
    {
        const int Block = 128;
        ReadOnlySpan<float> scores = logProbabilities;
        if (filter is not null)
        {
            if (_filtered.Length == 0) _filtered = new float[symbols];
            logProbabilities.CopyTo(_filtered);
            filter(before, _filtered);
            scores = _filtered;
        }
        double score = before?.Score ?? 0, logProbability = before?.LogProbability ?? 0;
        for (int start = 0; start < scores.Length; start += Block)
        {
            ReadOnlySpan<float> block = scores.Slice(start, Math.Min(Block, scores.Length - start));
            double worst = Worst();
            // Forbidden symbols, whose score is negative infinity, are never better.
            if (score + TensorPrimitives.Max(block) <= worst) continue;
            for (int i = 0; i < block.Length; i++)
            {
                double total = score + block[i];
                if (!(total > worst) || start + i == forbidden) continue;
                var candidate = new Candidate(index, before, start + i, logProbability + logProbabilities[start + i]);
                if (_kept.Count < width) _kept.Enqueue(candidate, (total, _order++));
                else _kept.EnqueueDequeue(candidate, (total, _order++));
                worst = Worst();
            }
        }
    }

    /// <summary>Removes the kept extensions and returns them, the best first.</summary>
    public (int From, BeamPath Path)[] Take()
    {
        var result = new (int, BeamPath)[_kept.Count];
        for (int i = result.Length - 1; i >= 0; i--)
        {
            _kept.TryDequeue(out Candidate kept, out (double Score, int Order) priority);
            result[i] = (kept.From, new BeamPath(kept.Before, kept.Symbol, kept.LogProbability, priority.Score, (kept.Before?.Length ?? 0) + 1));
        }
        _order = 0;
        return result;
    }

    private double Worst() =>
        _kept.Count == width && _kept.TryPeek(out _, out (double Score, int Order) worst) ? worst.Score : double.NegativeInfinity;
}
