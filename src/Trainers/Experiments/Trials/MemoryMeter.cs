namespace MlNetRnn.Experiments;

/// <summary>Watches by how much the memory of the process grows.</summary>
internal sealed class MemoryMeter : IDisposable
{
    private const int Milliseconds = 100;
    private const double MegaByte = 1024 * 1024;

    private readonly long _before = Environment.WorkingSet;
    private readonly Timer _timer;
    private readonly double _limit;
    private readonly Action<double> _exceeded;

    /// <param name="limit">The growth that is allowed, in megabytes.</param>
    /// <param name="exceeded">Called with the growth each time it is found above the limit.</param>
    public MemoryMeter(double limit, Action<double> exceeded)
    {
        (_limit, _exceeded) = (limit, exceeded);
        _timer = new Timer(_ => Look(), null, 0, Milliseconds);
    }

    /// <summary>The greatest growth so far, in megabytes.</summary>
    public double Peak { get; private set; }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        double growth = Math.Max(0, (Environment.WorkingSet - _before) / MegaByte);
        Peak = Math.Max(Peak, growth);
        if (growth > _limit) _exceeded(growth);
    }
}
