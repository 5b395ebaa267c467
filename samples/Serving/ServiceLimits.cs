using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MlNetRnn.Samples.Serving;

/// <summary>The limits of requests, which bound the memory and the time that a client can use.</summary>
internal sealed record ServiceLimits
{
    /// <summary>The maximum length of a body, in bytes.</summary>
    public int Body { get; init; } = 1_000_000;

    /// <summary>The maximum length of an image file, in bytes.</summary>
    public int Image { get; init; } = 20_000_000;

    /// <summary>The maximum number of pixels of an image. It takes 8 bytes of memory per pixel while it is captioned, however small its file is.</summary>
    public long Pixels { get; init; } = 30_000_000;

    /// <summary>The maximum number of bytes of all image files that arrive, wait or are captioned.</summary>
    public long ImagesInMemory { get; init; } = 200_000_000;

    /// <summary>The number of requests that are scored at the same time. More than the number of cores would only slow down all of them.</summary>
    public int AtOnce { get; init; } = Environment.ProcessorCount;

    /// <summary>The number of additional requests that may wait.</summary>
    public int Waiting { get; init; } = 64;

    /// <summary>The maximum number of connections; others are closed immediately.</summary>
    public int Connections { get; init; } = 500;

    /// <summary>The maximum time for the head of a request.</summary>
    public TimeSpan HeadersWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The minimum rate of a body.</summary>
    public MinDataRate BodyRate { get; init; } = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>Sets the limits that the web server enforces.</summary>
    public void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections = Connections;
        server.Limits.RequestHeadersTimeout = HeadersWithin;
        server.Limits.MinRequestBodyDataRate = BodyRate;
        server.Limits.MaxRequestBodySize = Body;
    }

    /// <summary>Creates the limiter of requests that are scored at once.</summary>
    public ConcurrencyLimiter CreateLimiter() => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = AtOnce,
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
