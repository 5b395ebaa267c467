using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Experiments;

/// <summary>The log of the experiment's MLContext. Thread-safe; ignores messages after the end of the experiment.</summary>
internal sealed class ExperimentLog(IHostEnvironment environment) : IDisposable
{
    private readonly object _one = new();
    private IChannel? _channel = environment.Start("Experiment");

    public void Write(ChannelMessageKind kind, string message)
    {
        lock (_one)
        {
            if (kind is ChannelMessageKind.Warning or ChannelMessageKind.Error) _channel?.Warning(MessageSensitivity.None, message);
            else if (kind is ChannelMessageKind.Info) _channel?.Info(MessageSensitivity.None, message);
            else _channel?.Trace(MessageSensitivity.None, message);
        }
    }

    public void Warn(FormattableString message) => Write(ChannelMessageKind.Warning, FormattableString.Invariant(message));

    public void Dispose()
    {
        lock (_one)
        {
            _channel?.Dispose();
            _channel = null;
        }
    }
}
