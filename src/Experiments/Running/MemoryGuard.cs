namespace MlNetRnn.Experiments;

/// <summary>
/// Measures the growth of the memory of the process while trials run, compared with the minimum since they started, so that memory that an earlier trial
/// releases meanwhile does not raise the limit. If the growth exceeds the limit, one trial is refused: the last one that started among those that exceed
/// it. The growth for the others is then measured anew.
/// </summary>
internal sealed class MemoryGuard : IDisposable
{
    private const int Milliseconds = 100;
    private const double MegaByte = 1024 * 1024;

    private readonly object _one = new();
    private readonly List<Watch> _watched = [];
    private readonly Timer _timer;
    private readonly double _limit;
    private Watch? _refused;

    /// <param name="limit">The maximum growth in megabytes.</param>
    public MemoryGuard(double limit)
    {
        _limit = limit;
        _timer = new Timer(_ => Look(), null, 0, Milliseconds);
    }

    /// <summary>Begins to measure a trial.</summary>
    /// <param name="refuse">Called once, with the growth in megabytes, if it exceeds the limit.</param>
    public Watch Begin(Action<double> refuse)
    {
        var watch = new Watch(this, refuse);
        lock (_one) _watched.Add(watch);
        return watch;
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        Watch? tooMuch = null;
        lock (_one)
        {
            long now = Environment.WorkingSet;
            foreach (Watch watch in _watched) watch.See(now);
            if (_refused is null) _refused = tooMuch = _watched.LastOrDefault(watch => watch.Growth > _limit);
        }
        tooMuch?.Refuse();
    }

    private void End(Watch watch)
    {
        lock (_one)
        {
            _watched.Remove(watch);
            if (_refused != watch) return;
            _refused = null;
            foreach (Watch other in _watched) other.Restart(Environment.WorkingSet);
        }
    }

    /// <summary>The growth during one trial.</summary>
    internal sealed class Watch(MemoryGuard guard, Action<double> refuse) : IDisposable
    {
        private long _before = Environment.WorkingSet;

        /// <summary>The latest growth in megabytes.</summary>
        public double Growth { get; private set; }

        /// <summary>The maximum growth in megabytes.</summary>
        public double Peak { get; private set; }

        public void See(long now)
        {
            _before = Math.Min(_before, now);
            Growth = (now - _before) / MegaByte;
            Peak = Math.Max(Peak, Growth);
        }

        public void Restart(long now) => _before = now;

        public void Refuse() => refuse(Growth);

        public void Dispose() => guard.End(this);
    }
}
