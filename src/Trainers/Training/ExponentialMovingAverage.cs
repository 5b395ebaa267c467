using MlNetRnn.Kernels;
using MlNetRnn.Modules;

namespace MlNetRnn.Training;

/// <summary>
/// The exponential moving average of the weights over the optimizer steps (Polyak and Juditsky, 1992), which varies less than the weights of a single step.
/// The average of a table row is updated only when a batch uses the row, so that unused rows cost no time.
/// </summary>
internal sealed class ExponentialMovingAverage
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly float _decay;
    private readonly float[][] _average;
    private readonly double[]?[] _seen;     // for each row of a table, the logarithm of the total decay at its last use
    private double _logDecay;               // Σ ln d_i over all steps
    private long _steps;

    public ExponentialMovingAverage(IReadOnlyList<Parameter> parameters, float decay)
    {
        (_parameters, _decay) = (parameters, decay);
        _average = [.. parameters.Select(p => p.ToArray())];
        _seen = [.. parameters.Select(p => p.IsTable ? new double[p.Value.shape[0]] : null)];
    }

    /// <summary>Updates the rows that the batch uses to the previous step. Called before the optimizer.</summary>
    public void BeforeStep()
    {
        for (int p = 0; p < _parameters.Count; p++)
            if (_seen[p] is { } seen && _parameters[p].TouchedRows is { } rows) CatchUp(p, seen, rows);
    }

    /// <summary>Adds the new weights to the average. Called after the optimizer.</summary>
    public void AfterStep()
    {
        // The decay starts low, because the first weights are random.
        float decay = Math.Min(_decay, (1f + _steps) / (10f + _steps));
        _steps++;
        _logDecay += Math.Log(decay);
        for (int p = 0; p < _parameters.Count; p++)
        {
            Span<float> values = _parameters[p].Value.Span();
            if (_seen[p] is not { } seen)
            {
                Move(_average[p], values, decay);
                continue;
            }
            int width = (int)_parameters[p].Value.shape[1];
            foreach (int row in _parameters[p].TouchedRows ?? [])
            {
                Move(_average[p].AsSpan(row * width, width), values.Slice(row * width, width), decay);
                seen[row] = _logDecay;
            }
        }
    }

    /// <summary>Exchanges weights and averages.</summary>
    public void Swap()
    {
        CatchUpAll();
        for (int p = 0; p < _parameters.Count; p++)
        {
            Span<float> values = _parameters[p].Value.Span();
            for (int i = 0; i < values.Length; i++) (values[i], _average[p][i]) = (_average[p][i], values[i]);
        }
    }

    /// <summary>Returns the state for a checkpoint.</summary>
    public (long Steps, float[][] Average) State()
    {
        CatchUpAll();
        return (_steps, _average);
    }

    /// <summary>Restores the state from a checkpoint.</summary>
    public void Restore(long steps, float[][] average)
    {
        (_steps, _logDecay) = (steps, 0);
        for (int p = 0; p < _parameters.Count; p++)
        {
            average[p].CopyTo(_average[p], 0);
            _seen[p]?.AsSpan().Clear();
        }
    }

    // Resets the logarithm, so that a resumed training rounds as an uninterrupted one does.
    private void CatchUpAll()
    {
        for (int p = 0; p < _parameters.Count; p++)
        {
            if (_seen[p] is not { } seen) continue;
            CatchUp(p, seen, Enumerable.Range(0, seen.Length));
            seen.AsSpan().Clear();
        }
        _logDecay = 0;
    }

    private void CatchUp(int parameter, double[] seen, IEnumerable<int> rows)
    {
        Span<float> values = _parameters[parameter].Value.Span();
        int width = (int)_parameters[parameter].Value.shape[1];
        foreach (int row in rows)
        {
            if (seen[row] == _logDecay) continue;
            Move(_average[parameter].AsSpan(row * width, width), values.Slice(row * width, width), (float)Math.Exp(_logDecay - seen[row]));
            seen[row] = _logDecay;
        }
    }

    /// <summary>average ← d·average + (1−d)·values</summary>
    private static void Move(Span<float> average, ReadOnlySpan<float> values, float decay) =>
        System.Numerics.Tensors.TensorPrimitives.Lerp(values, average, decay, average);
}
