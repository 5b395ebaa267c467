using System.Diagnostics;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>Starts this program once more, as somebody who has nothing but the model file would.</summary>
internal static class FreshProcess
{
    public static int Predict(string model, IReadOnlyList<string> texts)
    {
        string program = Environment.ProcessPath!;
        // Started as `dotnet TextClassification.dll`, the process is dotnet and needs to be told the program.
        string[] first = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(FreshProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. first, "predict", "--model", model]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        foreach (string text in texts) process.StandardInput.WriteLine(text);
        process.StandardInput.Close();
        foreach (string text in texts) Console.WriteLine($"  {process.StandardOutput.ReadLine(),-20}  {text}");
        process.WaitForExit();
        return process.ExitCode;
    }
}
