namespace MlNetRnn.Training;

/// <summary>The time of a training, and its limit (<see cref="RnnTrainingOptions.MaximumTime"/>). Time for a validation at the end is reserved.</summary>
/// <param name="maximum">The limit; null for none.</param>
/// <param name="clock">The clock.</param>
internal sealed class TrainingTime(TimeSpan? maximum, TimeProvider clock)
{
    /// <summary>The part of the limit after which an estimate of the validation time can end the training.</summary>
    private const double FirstPart = 0.25;

    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _mark, _lastStep;
    private TimeSpan? _validation;
    private TimeSpan _steps;
    private long _tokens, _validationTokens;
    private bool _isWarm;

    /// <summary>The share of the time that has passed, 0 to 1; 0 without a limit.</summary>
    public double Share => maximum is { } limit ? Math.Clamp(Elapsed / Max(limit - Reserve, TimeSpan.FromTicks(1)), 0, 1) : 0;

    /// <summary>Whether the rest of the time is needed for the validation, so that no further step fits in.</summary>
    public bool IsOver => maximum is { } limit
        && Elapsed + _lastStep + Reserve >= limit
        && (_validation is not null || Elapsed >= limit * FirstPart);

    /// <summary>The time that is left; null without a limit.</summary>
    public TimeSpan? Left => maximum is { } limit ? Max(limit - Elapsed, TimeSpan.Zero) : null;

    private TimeSpan Elapsed => clock.GetElapsedTime(_start);

    /// <summary>
    /// The time that a validation takes: the last one, or, before the first one, as long as training steps with as many tokens. For small networks, a
    /// validation is hardly faster than that.
    /// </summary>
    private TimeSpan Reserve => _validation ?? (_tokens == 0 ? TimeSpan.Zero : _steps * ((double)_validationTokens / _tokens));

    /// <summary>Records the beginning of an epoch.</summary>
    /// <param name="validationTokens">The number of tokens of the validation rows.</param>
    public void BeginEpoch(long validationTokens)
    {
        _validationTokens = validationTokens;
        Lap();
    }

    /// <summary>Records the end of a step.</summary>
    /// <param name="tokens">The number of tokens that it read.</param>
    public void EndStep(int tokens)
    {
        _lastStep = Lap();
        // The first step is slow.
        if (_isWarm) (_steps, _tokens) = (_steps + _lastStep, _tokens + tokens);
        _isWarm = true;
    }

    /// <summary>Records the end of a validation, which began after the last step.</summary>
    public void EndValidation() => _validation = Lap();

    /// <summary>Returns the time since the last call.</summary>
    private TimeSpan Lap()
    {
        TimeSpan before = _mark;
        _mark = Elapsed;
        return _mark - before;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
