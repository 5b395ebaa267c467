namespace MlNetRnn.Modules;

/// <summary>The layout of the gates of a cell in the operator of ONNX.</summary>
/// <param name="Own">For each gate of the operator, the gate of our cell; null for a gate that our cell does not have, whose weights are 0.</param>
/// <param name="Negated">A gate of the operator that weights the opposite of ours, so that its weights change sign: σ(−a) = 1 − σ(a); null for none.</param>
/// <param name="RecurrentBias">The gate of the operator that has the recurrent bias of the cell; null for none.</param>
internal sealed record OnnxGates(int?[] Own, int? Negated = null, int? RecurrentBias = null)
{
    /// <summary>G, the number of gates of the operator.</summary>
    public int Count => Own.Length;

    /// <summary>Converts rows of gates to those of the operator. Gates that the cell does not have are 0.</summary>
    /// <param name="numbers">[D,G·H,columns] of our cell.</param>
    /// <param name="directions">D.</param>
    /// <param name="block">H·columns.</param>
    public float[] ToGraph(float[] numbers, int directions, int block)
    {
        int gates = numbers.Length / (directions * block);
        var result = new float[directions * Count * block];
        ForEach(directions, (d, inGraph, own, sign) =>
        {
            Span<float> to = result.AsSpan((d * Count + inGraph) * block, block);
            ReadOnlySpan<float> from = numbers.AsSpan((d * gates + own) * block, block);
            for (int i = 0; i < block; i++) to[i] = sign * from[i];
        });
        return result;
    }

    /// <summary>Converts rows of gates of the operator to those of our cell.</summary>
    public float[] FromGraph(float[] numbers, int directions, int block)
    {
        int gates = Own.Count(own => own is not null);
        var result = new float[directions * gates * block];
        ForEach(directions, (d, inGraph, own, sign) =>
        {
            Span<float> to = result.AsSpan((d * gates + own) * block, block);
            ReadOnlySpan<float> from = numbers.AsSpan((d * Count + inGraph) * block, block);
            for (int i = 0; i < block; i++) to[i] = sign * from[i];
        });
        return result;
    }

    private void ForEach(int directions, Action<int, int, int, float> copy)
    {
        for (int d = 0; d < directions; d++)
            for (int g = 0; g < Count; g++)
                if (Own[g] is { } own) copy(d, g, own, g == Negated ? -1 : 1);
    }
}
