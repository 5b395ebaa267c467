using System.Diagnostics;

namespace MlNetRnn.Samples.Tests;

/// <summary>A sample as the user starts it.</summary>
internal static class SampleProcess
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);

    /// <param name="sample">The name of the sample.</param>
    /// <param name="input">The bytes of standard input.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> Run(string sample, byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, sample + ".dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(LongestRun);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await errors);
    }
}
