using System.Numerics.Tensors;
using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace MlNetRnn.Modules;

/// <summary>
/// Attention inside the state update (Bahdanau et al., 2015): c_i = Σ a_ij h_j with a_ij = softmax_j of the score of z_i and h_j, z_{i+1} = φ(z_i, c_i, u_i).
/// The values are the source states after multiplication with the weights of the gates and of the readout, which is one product per batch instead of one per
/// step: W Σ a_j h_j = Σ a_j (W h_j).
/// </summary>
/// <param name="score">The score, which has a query of its own.</param>
/// <param name="source">The layout of keys and values.</param>
/// <param name="keys">[M,A]</param>
/// <param name="values">[M,G·H+R]: the parts of the gates and of the readout.</param>
internal sealed class StateAttention(AttentionScore score, SourceRows source, Tensor keys, Tensor values) : StepInput
{
    public override Tensor[] Arguments { get; } = [keys, values, score.Query!.On(keys.device), score.Energy!.On(keys.device)];

    public override StepInputRun Begin(Tensor[] arguments, PackedBatch batch, int gates, BufferPool.Lease buffers) =>
        new Run(score, source, arguments, batch, gates, buffers);

    public override (Tensor Gates, Tensor? Output) Step(Tensor states, int gates)
    {
        int rows = (int)states.shape[0];
        Tensor weights = source.Weights(score.Operators(score.QueryOf(states), source.Padded(keys, rows)));           // [b,S]
        Tensor context = weights.unsqueeze(1).matmul(source.Padded(values, rows)).squeeze(1);                         // [b,G·H+R]
        return (context.narrow(1, 0, gates), context.narrow(1, gates, context.shape[1] - gates));
    }

    private sealed unsafe class Run : StepInputRun
    {
        private readonly SourceRows _source;
        private readonly AttentionRow _attention;
        private readonly BufferPool.Lease _buffers;
        private readonly PackedOperand _byState;                        // Wᵀ
        private readonly Matrix _weight, _queries, _output;             // [A,H], [N,A], [N,R]
        private readonly Tensor[] _arguments;
        private readonly int[] _offsets;
        private readonly float[] _weights;
        private readonly int _rows, _gates;
        private PackedOperand _toState;                                 // W
        private Matrix _outputGradient, _queryGradient, _energyGradient;      // [N,R], [N,A], [B,A]
        private Tensor? _keyGradient, _valueGradient;
        private Matrix _ofKeys, _ofValues;                              // the same

        public Run(AttentionScore score, SourceRows source, Tensor[] arguments, PackedBatch batch, int gates, BufferPool.Lease buffers)
        {
            (_source, _arguments, _gates, _buffers, _rows) = (source, arguments, gates, buffers, batch.RowsAt[0]);
            Matrix values = new(arguments[1]);
            _weight = new Matrix(arguments[2]);
            _byState = MatrixProduct.Pack(_weight, buffers, transpose: true);
            _attention = new AttentionRow(score, source, new Matrix(arguments[0]), values, new Matrix(arguments[3]));
            _queries = buffers.Rent(batch.Count, score.Size);
            Output = zeros([batch.Count, values.Columns - gates], ScalarType.Float32);
            _output = new Matrix(Output);
            (_offsets, int count) = source.WeightsOf(batch);
            _weights = new float[count];
        }

        public override Tensor Output { get; }

        public override void Forward(RunStep step, int token, Matrix before, Matrix gates)
        {
            MatrixProduct.Compute(_queries.Slice(token, step.Count), 0, before, _byState);
            for (int b = 0; b < step.Count; b++)
            {
                int row = step.First + b;
                Span<float> weights = WeightsOf(row, token + b);
                _attention.Weights(row, _queries.Row(token + b), weights);
                _attention.AddContext(row, weights, 0, gates.RowSpan(b));
                _attention.AddContext(row, weights, _gates, _output.RowSpan(token + b));
            }
        }

        public override void BeginBackward(Tensor? outputGradient)
        {
            _outputGradient = new Matrix(outputGradient!);
            _toState = MatrixProduct.Pack(_weight, _buffers);
            _queryGradient = _buffers.RentZeros(_queries.Rows, _queries.Columns);
            _energyGradient = _buffers.RentZeros(_rows, _queries.Columns);
            (_keyGradient, _valueGradient) = (zeros_like(_arguments[0]), zeros_like(_arguments[1]));
            (_ofKeys, _ofValues) = (new Matrix(_keyGradient), new Matrix(_valueGradient));
        }

        public override void Backward(RunStep step, int token, Matrix before, Matrix gateGradient, Matrix carriedGradient)
        {
            for (int b = 0; b < step.Count; b++)
            {
                int row = step.First + b, n = token + b;
                Span<float> weights = WeightsOf(row, n), ofWeights = new float[weights.Length];
                _attention.ContextBackward(row, weights, 0, gateGradient.RowSpan(b), ofWeights, _ofValues);
                _attention.ContextBackward(row, weights, _gates, _outputGradient.RowSpan(n), ofWeights, _ofValues);
                _attention.WeightsBackward(row, _queries.Row(n), weights, ofWeights, _queryGradient.Row(n), _ofKeys, _energyGradient.Row(row));
            }
            MatrixProduct.Compute(carriedGradient.Slice(0, step.Count), 1, _queryGradient.Slice(token, step.Count), _toState);
        }

        public override Tensor?[] EndBackward(Matrix before, Matrix gateGradient)
        {
            Tensor query = empty_like(_arguments[2]), energy = zeros_like(_arguments[3]);
            MatrixProduct.Compute(new Matrix(query), 0, _queryGradient, before, transposeA: true);
            for (int row = 0; row < _rows; row++) TensorPrimitives.Add(energy.Span(), _energyGradient.RowSpan(row), energy.Span());
            return [_keyGradient, _valueGradient, query, energy];
        }

        private Span<float> WeightsOf(int row, int token) => _weights.AsSpan(_offsets[token], _source.Lengths[row]);
    }
}
