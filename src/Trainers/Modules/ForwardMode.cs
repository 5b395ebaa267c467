using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The mode of a forward pass: training, with random numbers from <paramref name="Random"/>, or scoring (null).</summary>
/// <param name="Random">Generator of the training run. The global generator of libtorch is never used.</param>
internal readonly record struct ForwardMode(Generator? Random)
{
    public static ForwardMode Scoring => default;

    public bool IsTraining => Random is not null;

    /// <summary>The share of the training that is done, 0 to 1, for schedules.</summary>
    public double Progress { get; init; }
}
