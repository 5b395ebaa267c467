using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The arguments of attention after the state that are not tensors.</summary>
/// <param name="Score">The score, whose query is the state itself.</param>
/// <param name="Source">The layout of keys and values.</param>
/// <param name="Target">The layout of the states.</param>
/// <param name="Threads">The number of threads that may be used.</param>
internal sealed record AttendCall(AttentionScore Score, SourceRows Source, PackedBatch Target, int Threads);

/// <summary>
/// Attention of all steps of a batch after the state update, as one node of the autograd graph: c_i = Σ a_ij V_j, a_ij = softmax_j of the score of z_i and h_j
/// (Luong et al., 2015). No step depends on another one.
/// </summary>
internal sealed unsafe class AttendFunction : autograd.SingleTensorFunction<AttendFunction>
{
    private const string OperandsKey = "operands", WeightsKey = "weights";
    private const int Arguments = 4;

    public override string Name => nameof(AttendFunction);

    /// <param name="states">z, [N,A].</param>
    /// <param name="keys">[M,A]</param>
    /// <param name="values">V, [M,W].</param>
    /// <param name="call">The other arguments.</param>
    /// <returns>c, [N,W].</returns>
    public static Tensor Apply(Tensor states, Tensor keys, Tensor values, AttendCall call) =>
        apply(states.contiguous(), keys.contiguous(), values.contiguous(), call);

    /// <summary>Computes the same with libtorch operators, for other devices and as a reference in tests.</summary>
    public static Tensor WithOperators(Tensor states, Tensor keys, Tensor values, AttendCall call)
    {
        Tensor[] steps = [.. Enumerable.Range(0, call.Target.Steps).Select(t =>
        {
            int rows = call.Target.RowsAt[t];
            Tensor now = states.narrow(0, call.Target.Offsets[t], rows);                                              // [b,A]
            Tensor weights = call.Source.Weights(call.Score.Operators(now, call.Source.Padded(keys, rows)));          // [b,S]
            return weights.unsqueeze(1).matmul(call.Source.Padded(values, rows)).squeeze(1);                          // [b,W]
        })];
        return cat(steps);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (states, values, call) = (new Matrix((Tensor)vars[0]), (Tensor)vars[2], (AttendCall)vars[3]);
        AttentionRow attention = Row(vars);
        Tensor contexts = zeros([states.Rows, values.shape[1]], ScalarType.Float32);                                  // [N,W]
        var result = new Matrix(contexts);
        (int[] offsets, int count) = call.Source.WeightsOf(call.Target);
        var all = new float[count];
        ForEachToken(call, (row, n) =>
        {
            Span<float> weights = all.AsSpan(offsets[n], call.Source.Lengths[row]);
            attention.Weights(row, states.Row(n), weights);
            attention.AddContext(row, weights, 0, result.RowSpan(n));
        });
        ctx.save_data(OperandsKey, vars);
        ctx.save_data(WeightsKey, (offsets, all));
        return contexts;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => NativeCallback.Guard(Arguments, () =>
    {
        var vars = (object[])ctx.get_data(OperandsKey);
        (int[] offsets, float[] all) = ((int[], float[]))ctx.get_data(WeightsKey);
        var (states, call) = (new Matrix((Tensor)vars[0]), (AttendCall)vars[3]);
        AttentionRow attention = Row(vars);
        using Tensor gradient = grad_output.contiguous();                                                             // [N,W]
        Tensor[] results = [.. vars[..3].Select(argument => zeros_like((Tensor)argument))];
        Matrix above = new(gradient), toStates = new(results[0]), toKeys = new(results[1]), toValues = new(results[2]);
        ForEachToken(call, (row, n) =>
        {
            Span<float> weights = all.AsSpan(offsets[n], call.Source.Lengths[row]), ofWeights = new float[weights.Length];
            attention.ContextBackward(row, weights, 0, above.RowSpan(n), ofWeights, toValues);
            attention.WeightsBackward(row, states.Row(n), weights, ofWeights, toStates.Row(n), toKeys, null);
        });
        return [.. results, null!];
    });

    private static AttentionRow Row(object[] vars)
    {
        var call = (AttendCall)vars[3];
        return new AttentionRow(call.Score, call.Source, new Matrix((Tensor)vars[1]), new Matrix((Tensor)vars[2]), default);
    }

    /// <summary>Runs an action for each token, given its row and its number. The rows are divided among the threads.</summary>
    private static void ForEachToken(AttendCall call, Action<int, int> run)
    {
        int rows = call.Target.Rows.Length, parts = Math.Min(rows, call.Threads);
        LayerThreads.Run(parts, call.Threads, i =>
        {
            (int first, int count) = LayerThreads.PartOf(rows, i, parts);
            for (int row = first; row < first + count; row++)
                for (int t = 0; t < call.Target.Lengths[row]; t++) run(row, call.Target.Position(row, t));
        });
    }
}
