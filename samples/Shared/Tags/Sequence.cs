namespace MlNetRnn.Samples.Tags;

/// <summary>The input of a tagger.</summary>
/// <typeparam name="T">Texts for tokens; numbers for frames, one frame after another.</typeparam>
public class Sequence<T>
{
    public T[] Steps { get; set; } = [];
}

/// <summary>A sequence of frames with a tag for each: a training row of a tagger of frames.</summary>
public sealed class TaggedFrames : Sequence<float>
{
    public string[] Label { get; set; } = [];
}
