using System.Runtime.InteropServices;

namespace MlNetRnn.Contracts;

/// <summary>
/// The packages, packed once into a temporary folder, and new projects next to them. The only other source of packages is the local cache, so no
/// network is needed.
/// </summary>
public sealed class PackedPackages : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _globalPackages = GlobalPackages();

    public PackedPackages()
    {
        foreach (string project in new[] { "Transforms", "Trainers", "Experiments", "Images" })
            Dotnet("pack", Path.Combine(Repository.Root, "src", project), "-c", Repository.Configuration, $"-p:PackageVersion={Version}", "-o", Packed);
        string templates = Path.Combine(Repository.Root, "tests", "Contracts", "Consumers");
        string libtorch = Libtorch();
        foreach (string template in Directory.EnumerateFiles(templates, "*.template", SearchOption.AllDirectories))
        {
            string target = _folder.File(Path.GetRelativePath(templates, template)[..^".template".Length]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            string text = File.ReadAllText(template).Replace("{version}", Version).Replace("{libtorch}", libtorch);
            File.WriteAllText(target, text.Replace("{packed}", Packed).Replace("{restored}", _globalPackages));
        }
    }

    public string Version { get; } = $"0.0.1-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    /// <summary>The folder of the packages.</summary>
    public string Packed => _folder.File("packed");

    /// <summary>Returns a path next to the projects.</summary>
    public string PathOf(string name) => _folder.File(name);

    /// <summary>Publishes a project.</summary>
    /// <returns>The folder of the published application.</returns>
    public string Publish(string project, string name, params string[] arguments)
    {
        string directory = _folder.File(project);
        foreach (string old in new[] { "obj", "bin" })
            if (Directory.Exists(Path.Combine(directory, old))) Directory.Delete(Path.Combine(directory, old), recursive: true);
        Dotnet(["publish", directory, "-c", "Release", "-o", _folder.File(name), .. arguments]);
        return _folder.File(name);
    }

    /// <summary>Runs a program and asserts that it succeeds.</summary>
    /// <returns>The lines of its output.</returns>
    public string[] Run(string file, params string[] arguments)
    {
        (int exitCode, string output, string error) = Repository.Run(file, arguments, _folder.FullName);
        Assert.True(exitCode == 0, output + error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Returns a model file that TrainerApp has trained.</summary>
    public string Model()
    {
        string model = PathOf("model.zip");
        if (!File.Exists(model)) Run("dotnet", Path.Combine(Publish("TrainerApp", "trainer"), "TrainerApp.dll"), model);
        return model;
    }

    public void Dispose()
    {
        foreach (string package in new[] { "mlnetrnn.experiments", "mlnetrnn.images", "mlnetrnn.trainers", "mlnetrnn.transforms" })
        {
            string cached = Path.Combine(_globalPackages, package, Version);
            if (Directory.Exists(cached)) Directory.Delete(cached, recursive: true);
        }
        _folder.Dispose();
    }

    private static void Dotnet(params string[] arguments)
    {
        (int exitCode, string output, _) = Repository.Run("dotnet", [.. arguments, "-nodeReuse:false"]);
        Assert.True(exitCode == 0, output);
    }

    private static string Libtorch() =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "libtorch-cpu-win-x64"
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "libtorch-cpu-osx-arm64"
        : "libtorch-cpu-linux-x64";

    private static string GlobalPackages() =>
        Repository.Run("dotnet", ["nuget", "locals", "global-packages", "--list"]).Output.Split(": ")[1].Trim();
}
