using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// Writes an entry of the log as one line: time, level, source, message. The stack trace of an exception is left out, and its message is added
/// unless the entry states it.
/// </summary>
internal sealed class LogLine() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" ");
        if (logEntry.Exception?.GetBaseException() is { } exception && !message.Contains(OneLine.Message(exception), StringComparison.Ordinal))
            message += $" {exception.GetType().Name}: {OneLine.Message(exception)}";
        string level = logEntry.LogLevel.ToString().ToLowerInvariant();
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {level} {logEntry.Category}: {message}"));
    }
}
