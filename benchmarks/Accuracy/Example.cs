using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy;

/// <summary>A labelled sequence: a text or, where <see cref="Frames"/> is not empty, numbers.</summary>
internal sealed class Example
{
    public string Label { get; set; } = "";

    public float Stars { get; set; }

    public string Text { get; set; } = "";

    public float[] Frames { get; set; } = [];

    /// <summary>Mean and deviation of each component of the frames: what a linear model can see of them.</summary>
    [VectorType(2 * SpokenDigits.FrameSize)]
    public float[] Summary { get; set; } = new float[2 * SpokenDigits.FrameSize];
}

/// <summary>A split. Where a set has no validation part, the trainer holds a share of the training part out.</summary>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Validation">Rows to choose the best epoch by.</param>
/// <param name="Test">Rows to measure on.</param>
internal sealed record DataSet(IReadOnlyList<Example> Train, IReadOnlyList<Example>? Validation, IReadOnlyList<Example> Test)
{
    /// <summary>What is learned.</summary>
    public Target Target { get; init; } = Target.Class;

    /// <summary>What the data is, in options of the library: the cut into characters, the size of a frame. Everything else is the default.</summary>
    public string[] Nature { get; init; } = [];

    /// <summary>A random tenth or so of the rows for the test, the same every time.</summary>
    public static DataSet Split(List<Example> rows, double testShare)
    {
        Example[] all = [.. rows];
        new Random(1).Shuffle(all);
        int test = (int)(all.Length * testShare);
        return new DataSet(all[test..], null, all[..test]);
    }
}

/// <summary>What is learned of a sequence.</summary>
internal enum Target
{
    Class,
    OrdinalClass,
    Number,
}
