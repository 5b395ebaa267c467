using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MlNetRnn.Samples.Serving;

/// <summary>How much a request may ask for, and how many requests at once: what bounds the memory and the time that a client can take.</summary>
internal sealed record ServiceLimits
{
    /// <summary>The longest body, in bytes.</summary>
    public int Body { get; init; } = 1_000_000;

    /// <summary>The most texts of a request.</summary>
    public int Texts { get; init; } = 256;

    /// <summary>The longest text, in UTF-16 characters.</summary>
    public int Characters { get; init; } = 20_000;

    /// <summary>The most words of a text that is explained: each costs a scoring of the text.</summary>
    public int ExplainedWords { get; init; } = 100;

    /// <summary>The most words of all texts of a request that is explained.</summary>
    public int ExplainedWordsInAll { get; init; } = 1000;

    /// <summary>How many requests are scored at the same time. More than there are cores would only make all of them slower.</summary>
    public int AtOnce { get; init; } = Environment.ProcessorCount;

    /// <summary>How many more may wait for their turn.</summary>
    public int Waiting { get; init; } = 64;

    /// <summary>The most connections; others are closed at once.</summary>
    public int Connections { get; init; } = 500;

    /// <summary>How long the head of a request may take.</summary>
    public TimeSpan HeadersWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How fast a body must come.</summary>
    public MinDataRate BodyRate { get; init; } = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    public void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections = Connections;
        server.Limits.RequestHeadersTimeout = HeadersWithin;
        server.Limits.MinRequestBodyDataRate = BodyRate;
        // What is too long is read to its end, up to here, and then refused: a connection that is cut while a client still writes loses the answer.
        server.Limits.MaxRequestBodySize = 16L * Body;
    }
}
