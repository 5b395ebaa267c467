using System.Threading.RateLimiting;

namespace MlNetRnn.Samples.Serving;

/// <summary>Lets so many requests be scored at once, and so many wait; the next is sent away at once instead of making all of them late.</summary>
internal sealed class Admission(ServiceLimits limits) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = limits.AtOnce,
        QueueLimit = limits.Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a place, which is free again when it is disposed of.</summary>
    /// <exception cref="Refusal">Too many wait already.</exception>
    public async ValueTask<IDisposable> Enter(CancellationToken cancellation)
    {
        RateLimitLease lease = await _limiter.AcquireAsync(1, cancellation);
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        throw new Refusal(StatusCodes.Status503ServiceUnavailable, $"expected at most {limits.AtOnce} requests at work and {limits.Waiting} waiting, got one more; try again in a second") { RetryAfter = 1 };
    }

    public void Dispose() => _limiter.Dispose();
}
