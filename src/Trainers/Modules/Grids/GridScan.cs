using MlNetRnn.Kernels;

namespace MlNetRnn.Modules;

/// <summary>
/// The forward and backward pass of some grids through a layer in one direction: H + W − 1 steps, each of which is two matrix products over all cells of a
/// diagonal of all grids. All buffers are rented in the constructor and in <see cref="BeginBackward"/>, on the thread of the training loop.
/// </summary>
internal sealed class GridScan
{
    private readonly GridCell _cell;
    private readonly GridSweep _sweep;
    private readonly BufferPool.Lease _buffers;
    private readonly int _hidden, _plain, _inputs;
    private readonly Matrix _x, _gates, _states, _memory, _kept;
    private readonly Matrix _weight, _left, _above;
    private readonly PackedOperand[] _forward;
    private PackedOperand[] _backward = [];
    private Matrix _dGates, _dStates, _dMemory, _dKept, _dX;

    /// <param name="cell">The cell.</param>
    /// <param name="sweep">The order of the cells.</param>
    /// <param name="weight">W, [G·H,I].</param>
    /// <param name="recurrent">R, [2·G·H,H].</param>
    /// <param name="buffers">Working memory, until the end of the backward pass.</param>
    public GridScan(GridCell cell, GridSweep sweep, Matrix weight, Matrix recurrent, BufferPool.Lease buffers)
    {
        (_cell, _sweep, _buffers, _weight) = (cell, sweep, buffers, weight);
        (_hidden, _inputs) = (recurrent.Columns, weight.Columns);
        _plain = cell.PlainGates * _hidden;
        (_left, _above) = (recurrent.Slice(0, weight.Rows), recurrent.Slice(weight.Rows, weight.Rows));
        _x = buffers.Rent(sweep.Count, _inputs);
        _gates = buffers.Rent(sweep.Count, weight.Rows);
        _states = buffers.RentZeros(sweep.StateRows, _hidden);
        _memory = cell.HasMemory ? buffers.RentZeros(sweep.StateRows, _hidden) : default;
        _kept = cell.Kept > 0 ? buffers.Rent(sweep.Count, cell.Kept * _hidden) : default;
        _forward = [.. Parts().Select(part => MatrixProduct.Pack(part, buffers, transpose: true))];
    }

    /// <summary>Computes the states, and writes those of the cells of the batch.</summary>
    /// <param name="x">[N,I], the vectors of the cells of the batch.</param>
    /// <param name="bias">[G·H]</param>
    /// <param name="states">[N,H]: receives the states.</param>
    public void Forward(Matrix x, ReadOnlySpan<float> bias, Matrix states)
    {
        for (int row = 0; row < _sweep.Count; row++)
        {
            int position = _sweep.Positions[row];
            if (position < 0) _x.RowSpan(row).Clear();
            else x.RowSpan(position).CopyTo(_x.RowSpan(row));
            bias.CopyTo(_gates.RowSpan(row));
        }
        MatrixProduct.Compute(_gates, 1, _x, _weight, transposeB: true);
        for (int d = 0; d < _sweep.Diagonals; d++)
        {
            GridStep step = _sweep.Step(d);
            GridRows rows = RowsOf(step);
            Matrix plain = rows.Gates.SliceColumns(0, _plain);
            MatrixProduct.Compute(plain, 1, rows.Left, _forward[0]);
            MatrixProduct.Compute(plain, 1, rows.Above, _forward[1]);
            if (_forward.Length > GridCell.Dimensions)
            {
                _cell.ForwardOpen(rows);
                Matrix others = rows.Gates.SliceColumns(_plain, rows.Gates.Columns - _plain);
                for (int k = 0; k < GridCell.Dimensions; k++)
                    MatrixProduct.Compute(others, 1, rows.Kept.SliceColumns(k * _hidden, _hidden), _forward[GridCell.Dimensions + k]);
            }
            _cell.Forward(rows);
            Write(step, _states, states);
        }
    }

    /// <summary>Rents the buffers of the backward pass.</summary>
    public void BeginBackward()
    {
        _backward = [.. Parts().Select(part => MatrixProduct.Pack(part, _buffers))];
        _dGates = _buffers.Rent(_sweep.Count, _gates.Columns);
        _dStates = _buffers.RentZeros(_sweep.StateRows, _hidden);
        _dMemory = _cell.HasMemory ? _buffers.RentZeros(_sweep.StateRows, _hidden) : default;
        _dKept = _backward.Length > GridCell.Dimensions ? _buffers.Rent(_sweep.Count, GridCell.Dimensions * _hidden) : default;
        _dX = _buffers.Rent(_sweep.Count, _inputs);
    }

    /// <summary>Computes the gradients. Those of the weights replace what the matrices contain; those of the vectors are added.</summary>
    /// <param name="stateGradient">[N,H], of the cells of the batch.</param>
    /// <param name="dX">[N,I], of the vectors of the batch.</param>
    /// <param name="dWeight">[G·H,I]</param>
    /// <param name="dRecurrent">[2·G·H,H]</param>
    /// <param name="dBias">[G·H]</param>
    public void Backward(Matrix stateGradient, Matrix dX, Matrix dWeight, Matrix dRecurrent, Span<float> dBias)
    {
        Matrix dLeft = dRecurrent.Slice(0, _weight.Rows), dAbove = dRecurrent.Slice(_weight.Rows, _weight.Rows);
        for (int d = 0; d < _sweep.Diagonals; d++) Read(_sweep.Step(d), stateGradient, _dStates);
        dRecurrent.Clear();
        for (int d = _sweep.Diagonals - 1; d >= 0; d--)
        {
            GridStep step = _sweep.Step(d);
            GridRows rows = RowsOf(step);
            GridGradients gradients = GradientsOf(step);
            _cell.Backward(rows, gradients);
            if (_backward.Length > GridCell.Dimensions) BackwardOfOthers(rows, gradients, dLeft, dAbove);
            Matrix plain = gradients.Gates.SliceColumns(0, _plain);
            MatrixProduct.Compute(gradients.Left, 1, plain, _backward[0]);
            MatrixProduct.Compute(gradients.Above, 1, plain, _backward[1]);
            MatrixProduct.Compute(dLeft.Slice(0, _plain), 1, plain, rows.Left, transposeA: true);
            MatrixProduct.Compute(dAbove.Slice(0, _plain), 1, plain, rows.Above, transposeA: true);
        }
        MatrixProduct.Compute(dWeight, 0, _dGates, _x, transposeA: true);
        MatrixProduct.Compute(_dX, 0, _dGates, _weight);
        dBias.Clear();
        for (int row = 0; row < _sweep.Count; row++)
        {
            Add(_dGates.RowSpan(row), dBias);
            if (_sweep.Positions[row] is >= 0 and int position) Add(_dX.RowSpan(row), dX.RowSpan(position));
        }
    }

    private void BackwardOfOthers(GridRows rows, GridGradients gradients, Matrix dLeft, Matrix dAbove)
    {
        int count = rows.Gates.Columns - _plain;
        Matrix others = gradients.Gates.SliceColumns(_plain, count);
        for (int k = 0; k < GridCell.Dimensions; k++)
        {
            Matrix dWeights = (k == 0 ? dLeft : dAbove).Slice(_plain, count);
            MatrixProduct.Compute(gradients.Kept.SliceColumns(k * _hidden, _hidden), 0, others, _backward[GridCell.Dimensions + k]);
            MatrixProduct.Compute(dWeights, 1, others, rows.Kept.SliceColumns(k * _hidden, _hidden), transposeA: true);
        }
        _cell.BackwardOpen(rows, gradients);
    }

    /// <summary>Returns the parts of R: those of the plain gates, to the left and above, then those of the other gates.</summary>
    private IEnumerable<Matrix> Parts()
    {
        int others = _weight.Rows - _plain;
        Matrix[] plain = [_left.Slice(0, _plain), _above.Slice(0, _plain)];
        return others == 0 ? plain : [.. plain, _left.Slice(_plain, others), _above.Slice(_plain, others)];
    }

    private GridRows RowsOf(GridStep step) => new(
        _gates.Slice(step.Start, step.Count), _states.Slice(step.State, step.Count), _states.Slice(step.Left, step.Count),
        _states.Slice(step.Above, step.Count), Part(_memory, step.State, step.Count), Part(_memory, step.Left, step.Count),
        Part(_memory, step.Above, step.Count), Part(_kept, step.Start, step.Count));

    private GridGradients GradientsOf(GridStep step) => new(
        _dGates.Slice(step.Start, step.Count), _dStates.Slice(step.State, step.Count), _dStates.Slice(step.Left, step.Count),
        _dStates.Slice(step.Above, step.Count), Part(_dMemory, step.State, step.Count), Part(_dMemory, step.Left, step.Count),
        Part(_dMemory, step.Above, step.Count), Part(_dKept, step.Start, step.Count));

    private static Matrix Part(Matrix matrix, int row, int rows) => matrix.Rows == 0 ? default : matrix.Slice(row, rows);

    /// <summary>Copies the rows of a step from the order of the scan to that of the batch.</summary>
    private void Write(GridStep step, Matrix from, Matrix to)
    {
        for (int i = 0; i < step.Count; i++)
            if (_sweep.Positions[step.Start + i] is >= 0 and int position) from.RowSpan(step.State + i).CopyTo(to.RowSpan(position));
    }

    /// <summary>Copies the rows of a step from the order of the batch to that of the scan; holes keep their zeros.</summary>
    private void Read(GridStep step, Matrix from, Matrix to)
    {
        for (int i = 0; i < step.Count; i++)
            if (_sweep.Positions[step.Start + i] is >= 0 and int position) from.RowSpan(position).CopyTo(to.RowSpan(step.State + i));
    }

    private static void Add(ReadOnlySpan<float> values, Span<float> sum) => System.Numerics.Tensors.TensorPrimitives.Add(sum, values, sum);
}
