namespace MlNetRnn.Decoding;

/// <summary>A decoder that finds the best tags of a sequence from the outputs of a network. Immutable and thread-safe.</summary>
internal abstract class TagDecoder
{
    /// <summary>Finds the best tags. NaN, which a network with damaged weights produces, counts as 0, so that every result is a number.</summary>
    /// <param name="emissions">The output of the network for the steps of a sequence, [T,R].</param>
    public TagDecoding Decode(ReadOnlySpan<float> emissions)
    {
        float[] kept = emissions.ToArray();
        foreach (ref float number in kept.AsSpan())
            if (float.IsNaN(number)) number = 0;
        return DecodeNumbers(kept);
    }

    /// <summary>Finds the best tags.</summary>
    /// <param name="emissions">Numbers without NaN, [T,R]. The result may keep the array.</param>
    protected abstract TagDecoding DecodeNumbers(float[] emissions);
}
