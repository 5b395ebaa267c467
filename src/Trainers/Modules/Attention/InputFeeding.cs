using System.Numerics.Tensors;
using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace MlNetRnn.Modules;

/// <summary>
/// Input feeding (Luong et al., 2015, section 3.3): the readout r of the step before, tanh(W z + Σ a_j V_j + b), is an additional input of the state update. As
/// it depends only on the state z before the step, it is computed at the beginning of the step.
/// </summary>
/// <param name="score">The score, whose query is the state itself.</param>
/// <param name="source">The layout of keys and values.</param>
/// <param name="keys">[M,A]</param>
/// <param name="values">V, [M,R]: the source states after multiplication with the weights of the readout.</param>
/// <param name="readout">W, [R,H].</param>
/// <param name="bias">b, [R].</param>
/// <param name="feed">The weights from r to the gates, [G·H,R].</param>
internal sealed class InputFeeding(AttentionScore score, SourceRows source, Tensor keys, Tensor values, Tensor readout, Tensor bias, Tensor feed)
    : StepInput
{
    public override Tensor[] Arguments { get; } = [keys, values, readout, bias, feed];

    public override StepInputRun Begin(Tensor[] arguments, PackedBatch batch, int gates, BufferPool.Lease buffers) =>
        new Run(score, source, arguments, batch, buffers);

    public override (Tensor Gates, Tensor? Output) Step(Tensor states, int gates)
    {
        int rows = (int)states.shape[0];
        Tensor weights = source.Weights(score.Operators(states, source.Padded(keys, rows)));                          // [b,S]
        Tensor context = weights.unsqueeze(1).matmul(source.Padded(values, rows)).squeeze(1);                         // [b,R]
        return (nn.functional.linear(states, readout, bias).Plus(context).tanh().matmul(feed.t()), null);               // [b,G·H]
    }

    private sealed unsafe class Run : StepInputRun
    {
        private readonly SourceRows _source;
        private readonly AttentionRow _attention;
        private readonly BufferPool.Lease _buffers;
        private readonly PackedOperand _byState, _byReadout;            // Wᵀ, and the transpose of the weights to the gates
        private readonly Matrix _readouts;                              // r, [N,R]
        private readonly Tensor[] _arguments;
        private readonly int[] _offsets;
        private readonly float[] _weights;
        private PackedOperand _toState, _toReadout;
        private Matrix _readoutGradient;                                // ∂L/∂ the argument of tanh, [N,R]
        private Tensor? _keyGradient, _valueGradient;
        private Matrix _ofKeys, _ofValues;                              // the same

        public Run(AttentionScore score, SourceRows source, Tensor[] arguments, PackedBatch batch, BufferPool.Lease buffers)
        {
            (_source, _arguments, _buffers) = (source, arguments, buffers);
            _byState = MatrixProduct.Pack(new Matrix(arguments[2]), buffers, transpose: true);
            _byReadout = MatrixProduct.Pack(new Matrix(arguments[4]), buffers, transpose: true);
            _attention = new AttentionRow(score, source, new Matrix(arguments[0]), new Matrix(arguments[1]), default);
            _readouts = buffers.Rent(batch.Count, (int)arguments[3].shape[0]);
            (_offsets, int count) = source.WeightsOf(batch);
            _weights = new float[count];
        }

        public override void Forward(RunStep step, int token, Matrix before, Matrix gates)
        {
            Matrix readouts = _readouts.Slice(token, step.Count);
            for (int b = 0; b < step.Count; b++) _arguments[3].Span().CopyTo(readouts.RowSpan(b));
            MatrixProduct.Compute(readouts, 1, before, _byState);
            for (int b = 0; b < step.Count; b++)
            {
                int row = step.First + b;
                Span<float> weights = WeightsOf(row, token + b);
                _attention.Weights(row, before.Row(b), weights);
                _attention.AddContext(row, weights, 0, readouts.RowSpan(b));
                TensorPrimitives.Tanh(readouts.RowSpan(b), readouts.RowSpan(b));
            }
            MatrixProduct.Compute(gates, 1, readouts, _byReadout);
        }

        public override void BeginBackward(Tensor? outputGradient)
        {
            (_toState, _toReadout) = (MatrixProduct.Pack(new Matrix(_arguments[2]), _buffers), MatrixProduct.Pack(new Matrix(_arguments[4]), _buffers));
            _readoutGradient = _buffers.Rent(_readouts.Rows, _readouts.Columns);
            (_keyGradient, _valueGradient) = (zeros_like(_arguments[0]), zeros_like(_arguments[1]));
            (_ofKeys, _ofValues) = (new Matrix(_keyGradient), new Matrix(_valueGradient));
        }

        public override void Backward(RunStep step, int token, Matrix before, Matrix gateGradient, Matrix carriedGradient)
        {
            Matrix gradients = _readoutGradient.Slice(token, step.Count);
            MatrixProduct.Compute(gradients, 0, gateGradient, _toReadout);
            for (int b = 0; b < step.Count; b++)
            {
                int row = step.First + b, n = token + b;
                Span<float> gradient = gradients.RowSpan(b), readout = _readouts.RowSpan(n);
                for (int j = 0; j < gradient.Length; j++) gradient[j] *= 1 - readout[j] * readout[j];
                Span<float> weights = WeightsOf(row, n), ofWeights = new float[weights.Length];
                _attention.ContextBackward(row, weights, 0, gradient, ofWeights, _ofValues);
                _attention.WeightsBackward(row, before.Row(b), weights, ofWeights, carriedGradient.Row(b), _ofKeys, null);
            }
            MatrixProduct.Compute(carriedGradient.Slice(0, step.Count), 1, gradients, _toState);
        }

        public override Tensor?[] EndBackward(Matrix before, Matrix gateGradient)
        {
            Tensor readout = empty_like(_arguments[2]), bias = zeros_like(_arguments[3]), feed = empty_like(_arguments[4]);
            MatrixProduct.Compute(new Matrix(readout), 0, _readoutGradient, before, transposeA: true);
            MatrixProduct.Compute(new Matrix(feed), 0, gateGradient, _readouts, transposeA: true);
            for (int n = 0; n < _readouts.Rows; n++) TensorPrimitives.Add(bias.Span(), _readoutGradient.RowSpan(n), bias.Span());
            return [_keyGradient, _valueGradient, readout, bias, feed];
        }

        private Span<float> WeightsOf(int row, int token) => _weights.AsSpan(_offsets[token], _source.Lengths[row]);
    }
}
