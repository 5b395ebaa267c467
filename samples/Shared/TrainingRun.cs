using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Samples;

/// <summary>What a command on the user's own files does around the training, whatever is learned.</summary>
internal static class TrainingRun
{
    /// <summary>Runs it; a fault of the user's is told in one line on standard error.</summary>
    /// <param name="command">Whose fault it is, for the message.</param>
    /// <param name="train">What is run.</param>
    /// <returns>The exit code.</returns>
    public static int Guard(string command, Action train)
    {
        try
        {
            train();
            return 0;
        }
        catch (Exception e) when (e is FileException or FormatException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException or TimeoutException or OperationCanceledException)
        {
            string message = e.Message.ReplaceLineEndings(" ");
            int parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
            if (parameter >= 0) message = message[..parameter];
            Console.Error.WriteLine(message.StartsWith($"{command}: ", StringComparison.Ordinal) ? message : $"{command}: {message}");
            return 1;
        }
    }

    /// <summary>ML.NET with the library's warnings, and what it says of word vectors, on the screen.</summary>
    public static MLContext Context(int seed)
    {
        var ml = new MLContext(seed);
        ml.Log += (_, e) =>
        {
            bool isOurs = e.Source is { } source && source.StartsWith("Rnn", StringComparison.Ordinal);
            if (isOurs && e.Kind == ChannelMessageKind.Warning) Console.WriteLine($"warning: {e.RawMessage}");
            else if (isOurs && e.RawMessage.StartsWith("word vectors", StringComparison.Ordinal)) Console.WriteLine(e.RawMessage);
        };
        return ml;
    }

    /// <summary>A line that other programs may read: a name and a number with a point, whatever the culture.</summary>
    public static void Print(string name, double value, string format) => Console.WriteLine($"{name}: {value.ToString(format, CultureInfo.InvariantCulture)}");
}
