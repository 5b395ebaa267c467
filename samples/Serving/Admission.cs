using System.Threading.RateLimiting;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// Limits the number of requests that are scored at once and that wait; any additional request is refused at once, so that the others are not delayed.
/// </summary>
internal sealed class Admission(ServiceLimits limits) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = limits.AtOnce,
        QueueLimit = limits.Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a place; disposing of it frees the place.</summary>
    /// <exception cref="Refusal">Too many requests are waiting.</exception>
    public async ValueTask<IDisposable> Enter(CancellationToken cancellation)
    {
        RateLimitLease lease = await _limiter.AcquireAsync(1, cancellation);
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        throw new Refusal(StatusCodes.Status503ServiceUnavailable, $"expected at most {limits.AtOnce} requests in progress and {limits.Waiting} waiting, got one more; try again in a second") { RetryAfter = 1 };
    }

    public void Dispose() => _limiter.Dispose();
}
