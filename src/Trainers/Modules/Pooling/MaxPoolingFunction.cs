using System.Runtime.Intrinsics;
using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Max pooling over a packed batch as one node of the autograd graph, which passes the gradient of each maximum to its position.</summary>
internal sealed class MaxPoolingFunction : autograd.SingleTensorFunction<MaxPoolingFunction>
{
    private const string PlacesKey = "places";
    private static readonly Vector512<int> Lanes = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    public override string Name => nameof(MaxPoolingFunction);

    /// <param name="states">[N,S]</param>
    /// <param name="batch">Layout of the states.</param>
    /// <returns>[B,S]</returns>
    public static Tensor Apply(Tensor states, PackedBatch batch) => apply(states.contiguous(), batch);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (states, batch) = ((Tensor)vars[0], (PackedBatch)vars[1]);
        int size = (int)states.shape[1], rows = batch.Rows.Length;
        Tensor result = empty([rows, size], ScalarType.Float32);
        ReadOnlySpan<float> from = states.Span();
        Span<float> to = result.Span();
        // The first step contains every row, so its values are the initial maxima.
        from[..(rows * size)].CopyTo(to);
        int[] places = [.. Enumerable.Range(0, rows * size)];
        for (int t = 1; t < batch.Steps; t++)
        {
            int start = batch.Offsets[t] * size;
            KeepGreater(from.Slice(start, batch.RowsAt[t] * size), start, to, places);
        }
        ctx.save_data(PlacesKey, (places, states.shape));
        return result;
    }

    /// <summary>Copies values that are greater than the maxima so far, and their positions.</summary>
    private static void KeepGreater(ReadOnlySpan<float> values, int start, Span<float> maxima, Span<int> places)
    {
        int i = 0;
        for (; i <= values.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512<float> value = Vector512.Create(values[i..]), maximum = Vector512.Create<float>(maxima[i..]);
            Vector512<float> isGreater = Vector512.GreaterThan(value, maximum) | ~Vector512.Equals(value, value);      // NaN propagates
            Vector512<int> here = Vector512.Create(start + i) + Lanes;
            Vector512.ConditionalSelect(isGreater, value, maximum).CopyTo(maxima[i..]);
            Vector512.ConditionalSelect(isGreater.AsInt32(), here, Vector512.Create<int>(places[i..])).CopyTo(places[i..]);
        }
        for (; i < values.Length; i++)
            if (values[i] > maxima[i] || float.IsNaN(values[i])) (maxima[i], places[i]) = (values[i], start + i);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => NativeCallback.Guard(2, () =>
    {
        var (places, shape) = ((int[], long[]))ctx.get_data(PlacesKey);
        using Tensor above = grad_output.contiguous();                      // [B,S]
        Tensor gradient = zeros(shape, ScalarType.Float32);                                     // [N,S]
        ReadOnlySpan<float> from = above.Span();
        Span<float> to = gradient.Span();
        for (int i = 0; i < places.Length; i++) to[places[i]] = from[i];
        return [gradient, null!];
    });
}
