using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// Writes an entry of the log as one line: time, level, source, message. The stack trace of an exception is left out: every message states the reason.
/// </summary>
internal sealed class LogLine() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" ");
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {logEntry.LogLevel.ToString().ToLowerInvariant()} {logEntry.Category}: {message}"));
    }
}
