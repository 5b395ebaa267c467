using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The entries of the service's log.</summary>
internal sealed class RecordedLog : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public void AddProvider(ILoggerProvider provider)
    {
    }

    // The web server's own lines are not the service's.
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft", StringComparison.Ordinal) ? Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance : this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
