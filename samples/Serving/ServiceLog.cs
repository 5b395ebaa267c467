using Microsoft.Extensions.Logging.Console;

namespace MlNetRnn.Samples.Serving;

/// <summary>The log of the service on the console: replaced models and failures. Requests are counted, not logged.</summary>
internal static class ServiceLog
{
    public static ILoggerFactory Create() => LoggerFactory.Create(logging => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        // The command itself writes one line if the service cannot start.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
        .AddConsole(console => console.FormatterName = LogLine.FormatterName)
        .AddConsoleFormatter<LogLine, ConsoleFormatterOptions>());
}
