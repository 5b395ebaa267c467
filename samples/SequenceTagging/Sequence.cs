namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>What a tagger reads.</summary>
/// <typeparam name="T">Texts for tokens; numbers for frames, one frame after another.</typeparam>
internal class Sequence<T>
{
    public T[] Steps { get; set; } = [];
}

/// <summary>A sequence of frames and a tag for each of them: what a tagger of frames learns from.</summary>
internal sealed class TaggedFrames : Sequence<float>
{
    public string[] Label { get; set; } = [];
}
