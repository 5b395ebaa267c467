using Spectre.Console;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Cancels a token when Ctrl+C is pressed. Pressed again, Ctrl+C ends the program as usual.</summary>
internal sealed class CtrlC : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CtrlC() => Console.CancelKeyPress += Press;

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= Press;
        _source.Dispose();
    }

    private void Press(object? sender, ConsoleCancelEventArgs press)
    {
        if (_source.IsCancellationRequested)
        {
            // A live table hides the cursor.
            if (!Console.IsOutputRedirected) AnsiConsole.Cursor.Show();
            return;
        }
        press.Cancel = true;
        _source.Cancel();
    }
}
