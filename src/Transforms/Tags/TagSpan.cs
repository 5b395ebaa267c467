namespace MlNetRnn.Tags;

/// <summary>Neighbouring steps of a sequence that are one thing: a name, a phrase.</summary>
/// <param name="Start">The first step, from 0.</param>
/// <param name="Length">How many steps, at least 1.</param>
/// <param name="Type">What it is: the tag without its prefix; "" for tags that are nothing but a prefix.</param>
internal readonly record struct TagSpan(int Start, int Length, string Type);
