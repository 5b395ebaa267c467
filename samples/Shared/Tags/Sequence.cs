namespace MlNetRnn.Samples.Tags;

/// <summary>What a tagger reads.</summary>
/// <typeparam name="T">Texts for tokens; numbers for frames, one frame after another.</typeparam>
public class Sequence<T>
{
    public T[] Steps { get; set; } = [];
}

/// <summary>A sequence of frames and a tag for each of them: what a tagger of frames learns from.</summary>
public sealed class TaggedFrames : Sequence<float>
{
    public string[] Label { get; set; } = [];
}
