using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MlNetRnn.Contracts;

/// <summary>The checkout that the tests run in, and processes that are started from it.</summary>
internal static class Repository
{
    public static string Root => Checkout.Root;

    /// <summary>The folder of the golden models.</summary>
    public static string Golden { get; } = Path.Combine(Root, "tests", "Contracts", "Golden");

    /// <summary>The build configuration of these tests: Release or Debug.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}") ? "Debug" : "Release";

    private static string TrainingProgram => Path.Combine(ProgramFolder("InterruptedTraining"), "InterruptedTraining.dll");

    public static (int ExitCode, string Output, string Error) Run(string file, IEnumerable<string> arguments, string? directory = null, string? input = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory ?? Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // The test host sets MSBuild variables for itself. They must not reach the processes that it starts.
        string[] ofTestHost = [.. start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))];
        foreach (string name in ofTestHost) start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Predicts in a new process; returns one line per row.</summary>
    public static string[] PredictInFreshProcess(string model, string data, params string[] columns) => Predict("FreshProcess", model, data, columns);

    /// <summary>Predicts in a new process on the oldest supported ML.NET; returns one line per row.</summary>
    public static string[] PredictOnOldestMLNet(string model, string data, params string[] columns) =>
        Predict("FreshProcess.OldestMLNet", model, data, columns);

    /// <summary>Returns the folder of a program that the tests start.</summary>
    public static string ProgramFolder(string name) => Path.Combine(Root, "tests", name, "bin", Configuration, "net10.0");

    /// <summary>Generates the texts that follow a prompt in a new process, sampled and by a beam search.</summary>
    public static string[] GenerateInFreshProcess(string model, string prompt, int seed) =>
        [.. Predict("FreshProcess", model, "--generate", [prompt, seed.ToString(CultureInfo.InvariantCulture)])
            .Select(line => Encoding.Unicode.GetString(Convert.FromHexString(line)))];

    /// <summary>Trains in a new process, which is killed after an epoch; 0 to let it finish.</summary>
    /// <param name="model">The file that the model is saved to.</param>
    /// <param name="checkpoints">The folder of the checkpoints.</param>
    /// <param name="killAfterEpoch">The epoch.</param>
    /// <param name="kind">What to train: "language" or "translation"; null for a classifier.</param>
    /// <returns>The exit code.</returns>
    public static int TrainInFreshProcess(string model, string checkpoints, int killAfterEpoch, string? kind = null)
    {
        string[] arguments = [model, checkpoints, killAfterEpoch.ToString(CultureInfo.InvariantCulture)];
        return Run("dotnet", [TrainingProgram, .. kind is null ? Array.Empty<string>() : [kind], .. arguments]).ExitCode;
    }

    /// <summary>Searches options in a new process, which is killed in the middle of a trial; -1 to let it finish.</summary>
    /// <returns>The exit code and the output.</returns>
    public static (int ExitCode, string[] Lines) SearchInFreshProcess(string model, string checkpoint, int killInTrial)
    {
        string[] arguments = [TrainingProgram, "search", model, checkpoint, killInTrial.ToString(CultureInfo.InvariantCulture)];
        (int exitCode, string output, _) = Run("dotnet", arguments);
        return (exitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Predicts with one of the programs that the tests start; returns one line per row.</summary>
    public static string[] Predict(string program, string model, string data, params string[] arguments)
    {
        (int exitCode, string output, string error) = Run("dotnet", [Path.Combine(ProgramFolder(program), $"{program}.dll"), model, data, .. arguments]);
        Assert.True(exitCode == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
