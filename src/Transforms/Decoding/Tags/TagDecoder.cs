using System.Numerics.Tensors;

namespace MlNetRnn.Decoding;

/// <summary>Finds the best tags for a sequence from what a network says of its steps. Immutable, hence shared by all threads.</summary>
internal abstract class TagDecoder
{
    /// <summary>Finds the best tags. NaN, as a network with damaged weights gives it, counts as 0, so that every result is a number.</summary>
    /// <param name="emissions">The network's output for the steps of a sequence, [T,R].</param>
    public TagDecoding Decode(ReadOnlySpan<float> emissions)
    {
        float[] kept = emissions.ToArray();
        foreach (ref float number in kept.AsSpan())
            if (float.IsNaN(number)) number = 0;
        return DecodeNumbers(kept);
    }

    /// <param name="emissions">Numbers without NaN, which the decoding may keep, [T,R].</param>
    protected abstract TagDecoding DecodeNumbers(float[] emissions);
}

/// <summary>The best tags of a sequence, and whatever else is asked of it, computed when it is asked. For one thread.</summary>
internal abstract class TagDecoding
{
    private (int Count, IReadOnlyList<TagSequence> Sequences)? _best;

    /// <summary>The best tags, 0-based, [T].</summary>
    public abstract int[] Tags { get; }

    /// <summary>The probability of each tag at each step, [T,K].</summary>
    public abstract float[] Probabilities { get; }

    /// <summary>The best sequences of tags, from the best on; fewer than asked for where there are not so many.</summary>
    public IReadOnlyList<TagSequence> Best(int count) => _best is { } kept && kept.Count == count ? kept.Sequences : (_best = (count, FindBest(count))).Value.Sequences;

    protected abstract IReadOnlyList<TagSequence> FindBest(int count);

    /// <summary>The probability of the best tag of a step.</summary>
    public float Confidence(int step) => Probabilities[step * (Probabilities.Length / Tags.Length) + Tags[step]];

    /// <summary>Takes away what rounding has added above 1.</summary>
    protected static float[] Rounded(float[] probabilities)
    {
        TensorPrimitives.Min<float>(probabilities, 1, probabilities);
        return probabilities;
    }
}
