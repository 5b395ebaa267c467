namespace MlNetRnn.Experiments;

/// <summary>
/// Watches by how much the memory of the process grows while trials run, above the least that it was since they began: what an earlier trial gives back meanwhile
/// is nothing that this one may take. Where it grows too much, one trial is told, the one that began last of those that saw too much; the others begin to count
/// anew when it is gone.
/// </summary>
internal sealed class MemoryGuard : IDisposable
{
    private const int Milliseconds = 100;
    private const double MegaByte = 1024 * 1024;

    private readonly object _one = new();
    private readonly List<Watch> _watched = [];
    private readonly Timer _timer;
    private readonly double _limit;
    private Watch? _told;

    /// <param name="limit">The growth that is allowed, in megabytes.</param>
    public MemoryGuard(double limit)
    {
        _limit = limit;
        _timer = new Timer(_ => Look(), null, 0, Milliseconds);
    }

    /// <param name="refuse">Called once with the growth, in megabytes, where it is too much.</param>
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
            if (_told is null) _told = tooMuch = _watched.LastOrDefault(watch => watch.Growth > _limit);
        }
        tooMuch?.Refuse();
    }

    private void End(Watch watch)
    {
        lock (_one)
        {
            _watched.Remove(watch);
            if (_told != watch) return;
            _told = null;
            foreach (Watch other in _watched) other.Restart(Environment.WorkingSet);
        }
    }

    /// <summary>What one trial sees.</summary>
    internal sealed class Watch(MemoryGuard guard, Action<double> refuse) : IDisposable
    {
        private long _before = Environment.WorkingSet;

        /// <summary>The growth when it was last looked at, in megabytes.</summary>
        public double Growth { get; private set; }

        /// <summary>The greatest growth so far, in megabytes.</summary>
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
