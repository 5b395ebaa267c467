using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>How a network is run: while learning, with dropout drawn from <paramref name="Random"/>, or as it will score (null).</summary>
/// <param name="Random">The generator of the training run; libtorch's global one is never used.</param>
internal readonly record struct ForwardMode(Generator? Random)
{
    public static ForwardMode Scoring => default;

    public bool IsTraining => Random is not null;
}
