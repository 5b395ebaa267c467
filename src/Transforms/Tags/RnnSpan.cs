namespace MlNetRnn;

/// <summary>Adjacent steps of a sequence that form one unit, such as a name, a phrase or a movement.</summary>
/// <param name="Start">The first step, from 0.</param>
/// <param name="Length">The number of steps, at least 1.</param>
/// <param name="Type">The type: PER for the tags B-PER and I-PER; empty for tags without a type (B, I).</param>
public readonly record struct RnnSpan(int Start, int Length, string Type)
{
    /// <summary>The step after the last step of the span.</summary>
    public int End => Start + Length;
}
