namespace MlNetRnn;

/// <summary>Neighboring steps of a sequence that are one thing: a name, a phrase, a movement.</summary>
/// <param name="Start">The first step, from 0.</param>
/// <param name="Length">The number of steps, at least 1.</param>
/// <param name="Type">The type: PER for the tags B-PER and I-PER; "" for tags that are nothing but a mark.</param>
public readonly record struct RnnSpan(int Start, int Length, string Type)
{
    /// <summary>The first step behind the span.</summary>
    public int End => Start + Length;
}
