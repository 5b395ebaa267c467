using MlNetRnn.Kernels;

namespace MlNetRnn.Modules;

/// <summary>
/// The weights of a linear path: those that the steps of the training change, and those of the epoch in which the path was best by itself, which predictions
/// use.
/// </summary>
/// <param name="trained">The weights that steps change.</param>
/// <param name="best">The best weights; null without validation rows, which find them. Then the last ones are used.</param>
internal sealed class PathWeights(Parameter trained, Parameter? best)
{
    /// <summary>The weights of the last step.</summary>
    public Parameter Trained => trained;

    /// <summary>The weights that predictions use.</summary>
    public Parameter Best => best ?? trained;

    /// <summary>Returns the weights of the last step in training, otherwise the best ones.</summary>
    public Parameter For(ForwardMode mode) => mode.IsTraining ? trained : Best;

    /// <summary>Makes the weights of the last step those that predictions use.</summary>
    public void KeepBest() => trained.Value.Span().CopyTo(best!.Value.Span());

    /// <summary>Multiplies the weights that predictions use by a factor.</summary>
    public void Scale(float factor)
    {
        foreach (ref float weight in Best.Value.Span()) weight *= factor;
    }
}
