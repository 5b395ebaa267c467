using System.Numerics.Tensors;
using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace MlNetRnn.Modules;

/// <summary>
/// The cross-entropy of the next symbol as one node of the autograd graph: logits, softmax and loss of a few rows at a time. The gradients are computed in the
/// same pass. Memory does not depend on the number of steps times the number of symbols, [N,V].
/// </summary>
internal sealed class SymbolLossFunction : autograd.SingleTensorFunction<SymbolLossFunction>
{
    /// <summary>The number of logits that are in memory at once: 4 MB.</summary>
    private const int LogitsAtOnce = 1 << 20;

    /// <summary>The least number of logits for which a thread pays.</summary>
    private const int LeastPart = 1 << 14;

    private const int Arguments = 8;
    private const string GradientsKey = "gradients";

    public override string Name => nameof(SymbolLossFunction);

    /// <param name="states">[N,K]</param>
    /// <param name="weight">[V,K]</param>
    /// <param name="bias">[V]</param>
    /// <param name="targets">The true symbol of each row, [N]; −1 for a row that does not count.</param>
    /// <param name="smoothing">The share of the probability that the target distribution gives to all symbols equally (Szegedy et al., 2016).</param>
    /// <param name="pool">Working memory.</param>
    /// <param name="threads">The number of threads that may be used.</param>
    /// <returns>The sum of the losses, a scalar.</returns>
    public static Tensor Apply(Tensor states, Tensor weight, Tensor bias, int[] targets, float smoothing, BufferPool pool, int threads = 1) =>
        apply(states.contiguous(), weight, bias, targets, smoothing, pool, is_grad_enabled(), threads);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, w, b) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (targets, smoothing) = ((int[])vars[3], (float)vars[4]);
        using BufferPool.Lease buffers = ((BufferPool)vars[5]).Open();
        var (needsGradients, threads) = ((bool)vars[6], (int)vars[7]);
        Matrix states = new(x), weight = new(w);
        int rowsAtOnce = Math.Clamp(LogitsAtOnce / weight.Rows, 1, states.Rows);
        Matrix logits = buffers.Rent(rowsAtOnce, weight.Rows);                                              // [n,V]
        Tensor[] gradients = needsGradients ? [empty_like(x), zeros_like(w), zeros_like(b)] : [];
        var losses = new double[states.Rows];
        for (int from = 0; from < states.Rows; from += rowsAtOnce)
        {
            int rows = Math.Min(rowsAtOnce, states.Rows - from);
            Matrix part = states.Slice(from, rows), own = logits.Slice(0, rows);
            int first = from, parts = Math.Clamp(rows * weight.Rows / LeastPart, 1, threads);
            LayerThreads.Run(parts, threads, i =>
            {
                (int start, int count) = LayerThreads.PartOf(rows, i, parts);
                Matrix ofRows = own.Slice(start, count);
                for (int n = 0; n < count; n++) b.Span().CopyTo(ofRows.RowSpan(n));
                MatrixProduct.Compute(ofRows, 1, part.Slice(start, count), weight, transposeB: true);
                for (int n = 0; n < count; n++) losses[first + start + n] = ToGradient(ofRows.RowSpan(n), targets[first + start + n], smoothing);
                if (needsGradients) MatrixProduct.Compute(new Matrix(gradients[0]).Slice(first + start, count), 0, ofRows, weight);
            });
            if (!needsGradients) continue;
            LayerThreads.Run(parts, threads, i =>
            {
                (int start, int count) = LayerThreads.PartOf(weight.Rows, i, parts);
                Matrix ofSymbols = own.SliceColumns(start, count);
                MatrixProduct.Compute(new Matrix(gradients[1]).Slice(start, count), 1, ofSymbols, part, transposeA: true);
                Span<float> ofBias = gradients[2].Span().Slice(start, count);
                for (int n = 0; n < rows; n++) TensorPrimitives.Add(ofBias, ofSymbols.RowSpan(n), ofBias);
            });
        }
        ctx.save_data(GradientsKey, gradients);
        return tensor((float)losses.Sum());
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => NativeCallback.Guard(Arguments, () =>
    {
        var gradients = (Tensor[])ctx.get_data(GradientsKey);
        foreach (Tensor gradient in gradients) gradient.mul_(grad_output);
        return [gradients[0], gradients[1], gradients[2], null!, null!, null!, null!, null!];
    });

    /// <summary>Replaces the logits of a row by the gradient of its loss, and returns the loss.</summary>
    private static double ToGradient(Span<float> logits, int target, float smoothing)
    {
        if (target < 0)
        {
            logits.Clear();
            return 0;
        }
        float maximum = TensorPrimitives.Max((ReadOnlySpan<float>)logits), ofTarget = logits[target];
        double mean = smoothing == 0 ? 0 : TensorPrimitives.Sum((ReadOnlySpan<float>)logits) / logits.Length;
        TensorPrimitives.Subtract(logits, maximum, logits);
        TensorPrimitives.Exp(logits, logits);
        float sum = TensorPrimitives.Sum((ReadOnlySpan<float>)logits);
        TensorPrimitives.Divide(logits, sum, logits);
        double normalizer = maximum + Math.Log(sum);
        logits[target] -= 1 - smoothing;
        if (smoothing == 0) return normalizer - ofTarget;
        TensorPrimitives.Subtract(logits, smoothing / logits.Length, logits);
        return normalizer - (1 - smoothing) * ofTarget - smoothing * mean;
    }
}
