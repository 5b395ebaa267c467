using MlNetRnn.Kernels;
using MlNetRnn.Modules;


namespace MlNetRnn.Training;

/// <summary>
/// The exponential moving average of the weights over the steps (Polyak and Juditsky, 1992): steadier than the weights of any single step.
/// Rows of a table that a step does not touch are caught up with when they are touched next, so that a step costs nothing for them.
/// </summary>
internal sealed class ExponentialMovingAverage
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly float _decay;
    private readonly float[][] _average;
    private readonly double[]?[] _seen;     // for each row of a table, the logarithm of the decay so far when it was last touched
    private double _logDecay;               // Σ ln d_i over all steps
    private long _steps;

    public ExponentialMovingAverage(IReadOnlyList<Parameter> parameters, float decay)
    {
        (_parameters, _decay) = (parameters, decay);
        _average = [.. parameters.Select(p => p.ToArray())];
        _seen = [.. parameters.Select(p => p.IsTable ? new double[p.Value.shape[0]] : null)];
    }

    /// <summary>Brings the touched rows up to the step before this one, with the weights as they were since; called before the optimizer.</summary>
    public void BeforeStep()
    {
        for (int p = 0; p < _parameters.Count; p++)
            if (_seen[p] is { } seen && _parameters[p].TouchedRows is { } rows) CatchUp(p, seen, rows);
    }

    /// <summary>Takes the new weights in; called after the optimizer.</summary>
    public void AfterStep()
    {
        // A short memory at first: the first weights are random and should not linger.
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

    /// <summary>Puts the averages in the place of the weights and the other way round.</summary>
    public void Swap()
    {
        CatchUpAll();
        for (int p = 0; p < _parameters.Count; p++)
        {
            Span<float> values = _parameters[p].Value.Span();
            for (int i = 0; i < values.Length; i++) (values[i], _average[p][i]) = (_average[p][i], values[i]);
        }
    }

    /// <summary>The state for a checkpoint.</summary>
    public (long Steps, float[][] Average) State()
    {
        CatchUpAll();
        return (_steps, _average);
    }

    /// <summary>Takes over the state that a checkpoint holds.</summary>
    public void Restore(long steps, float[][] average)
    {
        (_steps, _logDecay) = (steps, 0);
        for (int p = 0; p < _parameters.Count; p++)
        {
            average[p].CopyTo(_average[p], 0);
            _seen[p]?.AsSpan().Clear();
        }
    }

    // Starts the logarithm anew, so that a run that goes on from a checkpoint rounds as one that was never broken.
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
