namespace MlNetRnn.Experiments;

/// <summary>The report of a running experiment. It is written after a trial, but not so often that the experiment spends much of its time on it.</summary>
/// <param name="write">Writes the report; throws nothing.</param>
/// <param name="time">The clock.</param>
internal sealed class ReportWriter(Action write, TimeProvider time)
{
    /// <summary>The pause after writing, as a multiple of the time for writing.</summary>
    public const int Pause = 10;

    private bool _isBehind;
    private long _next = long.MinValue;

    /// <summary>Requests the report without writing it.</summary>
    public void Request() => _isBehind = true;

    /// <summary>Requests the report, and writes it unless the last time was too recent.</summary>
    public void Update()
    {
        Request();
        if (time.GetTimestamp() >= _next) Complete();
    }

    /// <summary>Writes the report if it was requested and not written since.</summary>
    public void Complete()
    {
        if (!_isBehind) return;
        long start = time.GetTimestamp();
        write();
        long end = time.GetTimestamp();
        (_isBehind, _next) = (false, end + Pause * (end - start));
    }
}
