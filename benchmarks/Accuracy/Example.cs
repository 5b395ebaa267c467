using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy;

/// <summary>A labeled sequence: a text, or numeric frames if <see cref="Frames"/> is not empty.</summary>
internal sealed class Example
{
    public string Label { get; set; } = "";

    public float Stars { get; set; }

    public string Text { get; set; } = "";

    public float[] Frames { get; set; } = [];

    /// <summary>Mean and standard deviation of each component of the frames, as features of a linear model.</summary>
    [VectorType(2 * SpokenDigits.FrameSize)]
    public float[] Summary { get; set; } = new float[2 * SpokenDigits.FrameSize];
}
