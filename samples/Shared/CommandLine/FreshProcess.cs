using System.Diagnostics;
using System.Reflection;

namespace MlNetRnn.Samples;

/// <summary>Starts this program again, with the model file only.</summary>
public static class FreshProcess
{
    /// <summary>Runs `predict` on some lines.</summary>
    public static (int ExitCode, string[] Answers) Predict(string model, IEnumerable<string> lines)
    {
        (int exitCode, string text) = Run(lines, ["predict", "--model", model]);
        text = text.ReplaceLineEndings("\n");
        return (exitCode, text.Length == 0 ? [] : text[..^1].Split('\n'));
    }

    /// <summary>Runs a command without input.</summary>
    public static (int ExitCode, string Output) Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs a command with lines of input.</summary>
    public static (int ExitCode, string Output) Run(IEnumerable<string> lines, string[] arguments)
    {
        string program = Environment.ProcessPath!;
        // Started as `dotnet SAMPLE.dll`, the process is dotnet and needs the program as its first argument.
        string[] first = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];
        var start = new ProcessStartInfo(program, [.. first, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        // Answers are read while lines are written: to write all lines first would block once both pipes are full.
        Task<string> answers = process.StandardOutput.ReadToEndAsync();
        foreach (string line in lines) process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        string output = answers.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
