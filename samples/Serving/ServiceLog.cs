namespace MlNetRnn.Samples.Serving;

/// <summary>What the service says on the console: models that were replaced, and failures. Requests are counted, not told.</summary>
internal static class ServiceLog
{
    public static ILoggerFactory Create() => LoggerFactory.Create(logging => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        // That the service cannot start is told in one line by the command.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss ")));
}
