using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Samples;

/// <summary>The parts of a command on the user's own files that are the same for all kinds of models.</summary>
public static class TrainingRun
{
    /// <summary>Runs a command; an error of the user is written as one line to standard error.</summary>
    /// <param name="command">The command, for the message.</param>
    /// <param name="train">The work.</param>
    /// <returns>The exit code.</returns>
    public static int Guard(string command, Action train)
    {
        try
        {
            train();
            return 0;
        }
        catch (Exception e) when (IsOfUser(e))
        {
            // A parameter of the library is an option of the command line.
            string message = OneLine.Message(e).Replace("read the file with skipComments: true", "give --skip-comments", StringComparison.Ordinal);
            Console.Error.WriteLine(message.StartsWith($"{command}: ", StringComparison.Ordinal) ? message : $"{command}: {message}");
            return 1;
        }
    }

    private static bool IsOfUser(Exception e) => e is FileException or FormatException or ArgumentException or InvalidOperationException or IOException
        or UnauthorizedAccessException or TimeoutException or OperationCanceledException;

    /// <summary>Creates an MLContext that prints the library's warnings, and its messages about word vectors.</summary>
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

    /// <summary>Prints a line that other programs can parse: a name and a number with a decimal point in any culture, or n/a if it is not defined.</summary>
    public static void Print(string name, double value, string format) => Console.WriteLine($"{name}: {Number(value, format)}");

    /// <summary>Returns a number with a decimal point; n/a if it is not defined.</summary>
    public static string Number(double value, string format) => double.IsNaN(value) ? "n/a" : value.ToString(format, CultureInfo.InvariantCulture);
}
