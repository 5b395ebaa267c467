using System.Numerics.Tensors;

namespace MlNetRnn.Decoding;

/// <summary>The best tags of a sequence. Probabilities and alternatives are computed on first use. Not thread-safe.</summary>
internal abstract class TagDecoding
{
    private (int Count, IReadOnlyList<TagSequence> Sequences)? _best;

    /// <summary>The best tags, 0-based, [T].</summary>
    public abstract int[] Tags { get; }

    /// <summary>The probability of each tag at each step, [T,K].</summary>
    public abstract float[] Probabilities { get; }

    /// <summary>Returns the n best sequences of tags, the best first; fewer if fewer exist.</summary>
    public IReadOnlyList<TagSequence> Best(int count) =>
        _best is { } kept && kept.Count == count ? kept.Sequences : (_best = (count, FindBest(count))).Value.Sequences;

    protected abstract IReadOnlyList<TagSequence> FindBest(int count);

    /// <summary>Returns the probability of the best tag of a step.</summary>
    public float Confidence(int step) => Probabilities[step * (Probabilities.Length / Tags.Length) + Tags[step]];

    /// <summary>Limits probabilities to 1, which rounding can exceed.</summary>
    protected static float[] Rounded(float[] probabilities)
    {
        TensorPrimitives.Min<float>(probabilities, 1, probabilities);
        return probabilities;
    }
}
