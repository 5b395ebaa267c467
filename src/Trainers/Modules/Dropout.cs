using MlNetRnn.Batching;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Inverted dropout (Srivastava et al., 2014): while learning, each number is 0 with probability p and 1/(1−p) times itself otherwise.</summary>
/// <param name="probability">p.</param>
/// <param name="isLocked">Whether all steps of a row lose the same components (variational dropout; Gal and Ghahramani, 2016).</param>
internal sealed class Dropout(float probability, bool isLocked = false)
{
    /// <summary>Whether it draws for each row of a batch, so that equal words of different rows differ.</summary>
    public bool IsByRow => isLocked && probability > 0;

    /// <summary>Each number for itself.</summary>
    public Tensor Forward(Tensor x, ForwardMode mode) => IsIdle(mode) ? x : x * Mask(mode, x.shape).to(x.device);

    /// <param name="states">[N,S]</param>
    /// <param name="batch">How the states are packed.</param>
    /// <param name="mode">Learning or scoring.</param>
    public Tensor Forward(Tensor states, PackedBatch batch, ForwardMode mode)
    {
        if (!IsByRow || IsIdle(mode)) return Forward(states, mode);
        Tensor byRow = Mask(mode, [batch.Rows.Length, states.shape[1]]);                    // [B,S]
        return states * byRow.index_select(0, tensor(PackedLayout.Rows(batch))).to(states.device);       // [N,S]
    }

    private bool IsIdle(ForwardMode mode) => !mode.IsTraining || probability == 0;

    private Tensor Mask(ForwardMode mode, long[] shape) => empty(shape, ScalarType.Float32).bernoulli_(1 - probability, mode.Random).div_(1 - probability);
}
