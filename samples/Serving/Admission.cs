using System.Threading.RateLimiting;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// Limits the number of requests that are scored at once and that wait; any additional request is refused immediately, so that the others are not delayed. It
/// is a filter of the endpoints, because a place is held only while texts are scored: the rate limiting middleware would also hold it while a slow client sends
/// or reads.
/// </summary>
internal sealed class Admission(RateLimiter limiter, ServiceLimits limits) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using RateLimitLease place = await limiter.AcquireAsync(1, context.HttpContext.RequestAborted);
        if (place.IsAcquired) return await next(context);
        context.HttpContext.Response.Headers.RetryAfter = "1";
        string detail = $"expected at most {limits.AtOnce} requests in progress and {limits.Waiting} waiting, got one more; try again in a second";
        return TypedResults.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
