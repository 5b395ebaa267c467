using System.Diagnostics;

namespace MlNetRnn.Contracts;

/// <summary>The checkout that the tests run in, and other processes started from it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Release or Debug, as these tests were built.</summary>
    public static string Configuration { get; } = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}") ? "Debug" : "Release";

    public static (int ExitCode, string Output, string Error) Run(string file, IEnumerable<string> arguments, string? directory = null, string? input = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory ?? Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // What the test host sets for itself must not reach the processes that it starts.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>What a fresh process predicts, a line a row.</summary>
    public static string[] PredictInFreshProcess(string model, string data, params string[] columns) => Predict("FreshProcess", model, data, columns);

    /// <summary>The same on the oldest ML.NET that is supported.</summary>
    public static string[] PredictOnOldestMLNet(string model, string data, params string[] columns) => Predict("FreshProcess.OldestMLNet", model, data, columns);

    /// <summary>The folder of a program that the tests start.</summary>
    public static string ProgramFolder(string name) => Path.Combine(Root, "tests", name, "bin", Configuration, "net10.0");

    private static string[] Predict(string program, string model, string data, string[] arguments)
    {
        (int exitCode, string output, string error) = Run("dotnet", [Path.Combine(ProgramFolder(program), $"{program}.dll"), model, data, .. arguments]);
        Assert.True(exitCode == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Trains in another process, which is killed after an epoch; 0 for never.</summary>
    /// <returns>Its exit code.</returns>
    public static int TrainInFreshProcess(string model, string checkpoints, int killAfterEpoch)
    {
        string program = Path.Combine(ProgramFolder("InterruptedTraining"), "InterruptedTraining.dll");
        return Run("dotnet", [program, model, checkpoints, killAfterEpoch.ToString(System.Globalization.CultureInfo.InvariantCulture)]).ExitCode;
    }

    /// <summary>Searches options in another process, which is killed in the middle of a trial; -1 for never.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    public static (int ExitCode, string[] Lines) SearchInFreshProcess(string model, string checkpoint, int killInTrial)
    {
        string program = Path.Combine(ProgramFolder("InterruptedTraining"), "InterruptedTraining.dll");
        (int exitCode, string output, _) = Run("dotnet", [program, "search", model, checkpoint, killInTrial.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return (exitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "MlNetRnn.sln"))) return d.FullName;
        throw new DirectoryNotFoundException("The tests run inside a checkout: no MlNetRnn.sln was found above them.");
    }
}
