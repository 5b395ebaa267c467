using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Inverted dropout (Srivastava et al., 2014): during training, each number is set to 0 with probability p and multiplied by 1/(1−p) otherwise.
/// </summary>
/// <param name="probability">p.</param>
/// <param name="isLocked">Whether dropout drops the same components at all steps of a row (locked or variational dropout; Gal and Ghahramani, 2016).</param>
internal sealed class Dropout(float probability, bool isLocked = false)
{
    /// <summary>Whether each row of a batch has its own mask, so that equal words of different rows differ.</summary>
    public bool IsByRow => isLocked && probability > 0;

    /// <summary>Applies dropout to each number independently.</summary>
    public Tensor Forward(Tensor x, ForwardMode mode) => IsIdle(mode) ? x : x * Mask(mode, x.shape).to(x.device);

    /// <summary>Applies dropout to whole rows: all numbers of a row have the same mask.</summary>
    /// <param name="x">[N,S]</param>
    /// <param name="mode">Training or scoring.</param>
    public Tensor ForwardRows(Tensor x, ForwardMode mode) => IsIdle(mode) ? x : x * Mask(mode, [x.shape[0], 1]).to(x.device);

    /// <summary>Applies dropout to packed states, with one mask per row if it is locked.</summary>
    /// <param name="states">[N,S]</param>
    /// <param name="batch">Layout of the states.</param>
    /// <param name="mode">Training or scoring.</param>
    public Tensor Forward(Tensor states, PackedBatch batch, ForwardMode mode)
    {
        if (!IsByRow || IsIdle(mode)) return Forward(states, mode);
        Tensor byRow = Mask(mode, [batch.Rows.Length, states.shape[1]]);                    // [B,S]
        return states * byRow.index_select(0, tensor(PackedLayout.Rows(batch))).to(states.device);       // [N,S]
    }

    private bool IsIdle(ForwardMode mode) => !mode.IsTraining || probability == 0;

    private Tensor Mask(ForwardMode mode, long[] shape) =>
        empty(shape, ScalarType.Float32).bernoulli_(1 - probability, mode.Random).DividedByInPlace(1 - probability);
}
