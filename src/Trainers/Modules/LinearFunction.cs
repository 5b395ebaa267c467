using System.Numerics.Tensors;
using MlNetRnn.Kernels;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace MlNetRnn.Modules;

/// <summary>
/// A linear layer as one node of the autograd graph, whose products are divided among the threads of the training. Libtorch uses one thread while the recurrent
/// layers divide their work themselves.
/// </summary>
internal sealed class LinearFunction : autograd.SingleTensorFunction<LinearFunction>
{
    /// <summary>The least number of rows or outputs for which a thread pays.</summary>
    private const int LeastPart = 16;

    private const int Arguments = 4;
    private const string OperandsKey = "operands";

    public override string Name => nameof(LinearFunction);

    /// <param name="x">[N,I]</param>
    /// <param name="weight">[O,I]</param>
    /// <param name="bias">[O]; null for none.</param>
    /// <param name="threads">The number of threads that may be used.</param>
    /// <returns>x Wᵀ + b, [N,O].</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, int threads) => apply(x.contiguous(), weight.contiguous(), bias!, threads);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, bias, threads) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor?)vars[2], (int)vars[3]);
        ctx.save_data(OperandsKey, vars);
        Tensor result = empty([x.shape[0], weight.shape[0]], ScalarType.Float32);                       // [N,O]
        Matrix y = new(result), from = new(x), w = new(weight);
        ForEachPart(y.Rows, threads, (first, count) =>
        {
            Matrix part = y.Slice(first, count);
            for (int n = 0; bias is not null && n < count; n++) bias.Span().CopyTo(part.RowSpan(n));
            MatrixProduct.Compute(part, bias is null ? 0 : 1, from.Slice(first, count), w, transposeB: true);
        });
        return result;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => NativeCallback.Guard(Arguments, () =>
    {
        var operands = (object[])ctx.get_data(OperandsKey);
        var (x, weight, bias, threads) = ((Tensor)operands[0], (Tensor)operands[1], (Tensor?)operands[2], (int)operands[3]);
        using Tensor gradient = grad_output.contiguous();                                               // [N,O]
        Tensor dX = empty_like(x), dWeight = empty_like(weight);
        Tensor? dBias = bias is null ? null : zeros_like(bias);
        Matrix above = new(gradient), from = new(x), w = new(weight), toX = new(dX), toWeight = new(dWeight);
        ForEachPart(toX.Rows, threads, (first, count) => MatrixProduct.Compute(toX.Slice(first, count), 0, above.Slice(first, count), w));
        ForEachPart(toWeight.Rows, threads, (first, count) =>
        {
            Matrix ofOutputs = above.SliceColumns(first, count);
            MatrixProduct.Compute(toWeight.Slice(first, count), 0, ofOutputs, from, transposeA: true);
            Span<float> sums = dBias is null ? [] : dBias.Span().Slice(first, count);
            for (int n = 0; dBias is not null && n < ofOutputs.Rows; n++) TensorPrimitives.Add(sums, ofOutputs.RowSpan(n), sums);
        });
        return [dX, dWeight, dBias!, null!];
    });

    private static void ForEachPart(int count, int threads, Action<int, int> run)
    {
        int parts = Math.Clamp(count / LeastPart, 1, threads);
        LayerThreads.Run(parts, threads, i =>
        {
            (int first, int own) = LayerThreads.PartOf(count, i, parts);
            run(first, own);
        });
    }
}
