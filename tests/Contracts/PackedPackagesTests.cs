using System.IO.Compression;
using System.Runtime.InteropServices;

namespace MlNetRnn.Contracts;

/// <summary>
/// The packages as a user gets them: packed, restored from a folder into new projects, published and run. The first project trains and
/// saves, the second references MlNetRnn.Transforms alone and predicts, and the first without a native libtorch says what is missing.
/// </summary>
public sealed class PackedPackagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _version = $"0.0.1-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";
    private readonly string _globalPackages = GlobalPackages();

    [Fact]
    public void Two_new_projects_train_and_predict_with_the_packed_packages()
    {
        Pack();
        PackagesAreComplete();
        CreateConsumers();

        string trainer = Publish("TrainerApp", "trainer"), model = _folder.File("model.zip");
        (int exitCode, _, string error) = Repository.Run("dotnet", [trainer, model], _folder.FullName);
        Assert.True(exitCode == 0, error);

        string scorer = Publish("ScorerApp", "scorer");
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetDirectoryName(scorer)!, "*", SearchOption.AllDirectories), file => Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase));
        (exitCode, string output, error) = Repository.Run("dotnet", [scorer, model, "my parcel is late", "the bill is wrong again"], _folder.FullName);
        Assert.True(exitCode == 0, error);
        Assert.Equal(["late", "bill"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

        string without = Publish("TrainerApp", "without-libtorch", "-p:WithLibtorch=false");
        (exitCode, output, error) = Repository.Run("dotnet", [without, model], _folder.FullName);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Native libtorch library: expected one for", error);
        Assert.Contains("Add a reference to the NuGet package TorchSharp-cpu 0.107.0", error);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Empty(output);
    }

    public void Dispose()
    {
        foreach (string package in new[] { "mlnetrnn.trainers", "mlnetrnn.transforms" })
        {
            string cached = Path.Combine(_globalPackages, package, _version);
            if (Directory.Exists(cached)) Directory.Delete(cached, recursive: true);
        }
        _folder.Dispose();
    }

    private void Pack()
    {
        foreach (string project in new[] { "Transforms", "Trainers" })
            Dotnet("pack", Path.Combine(Repository.Root, "src", project), "-c", Repository.Configuration, $"-p:PackageVersion={_version}", "-o", _folder.File("packed"));
    }

    private void PackagesAreComplete()
    {
        foreach (string id in new[] { "MlNetRnn.Transforms", "MlNetRnn.Trainers" })
        {
            using ZipArchive package = ZipFile.OpenRead(Path.Combine(_folder.File("packed"), $"{id}.{_version}.nupkg"));
            string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
            string[] expected = ["readme.md", "icon.png", $"lib/net8.0/{id}.dll", $"lib/net8.0/{id}.xml", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"];
            Assert.Empty(expected.Except(entries));
            using var nuspec = new StreamReader(package.GetEntry($"{id}.nuspec")!.Open());
            string text = nuspec.ReadToEnd();
            Assert.Contains("id=\"Microsoft.ML\" version=\"[5.0.1, 7.0.0)\"", text);
            Assert.DoesNotContain("Mono.Cecil", text);
            if (id == "MlNetRnn.Trainers") Assert.Contains($"id=\"MlNetRnn.Transforms\" version=\"[{_version}]\"", text);
            else Assert.DoesNotContain("TorchSharp", text);
            Assert.True(File.Exists(Path.Combine(_folder.File("packed"), $"{id}.{_version}.snupkg")));
        }
    }

    private void CreateConsumers()
    {
        string templates = Path.Combine(Repository.Root, "tests", "Contracts", "Consumers");
        string libtorch = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "libtorch-cpu-win-x64" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "libtorch-cpu-osx-arm64" : "libtorch-cpu-linux-x64";
        foreach (string template in Directory.EnumerateFiles(templates, "*.template", SearchOption.AllDirectories))
        {
            string target = _folder.File(Path.GetRelativePath(templates, template)[..^".template".Length]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, File.ReadAllText(template).Replace("{version}", _version).Replace("{libtorch}", libtorch)
                .Replace("{packed}", _folder.File("packed")).Replace("{restored}", _globalPackages));
        }
    }

    /// <returns>The path of the published program.</returns>
    private string Publish(string project, string name, params string[] properties)
    {
        string directory = _folder.File(project);
        if (properties.Length > 0) Directory.Delete(Path.Combine(directory, "obj"), recursive: true);
        Dotnet(["publish", directory, "-c", "Release", "-o", _folder.File(name), .. properties]);
        return Path.Combine(_folder.File(name), $"{project}.dll");
    }

    private static void Dotnet(params string[] arguments)
    {
        (int exitCode, string output, _) = Repository.Run("dotnet", [.. arguments, "-nodeReuse:false"]);
        Assert.True(exitCode == 0, output);
    }

    private static string GlobalPackages() => Repository.Run("dotnet", ["nuget", "locals", "global-packages", "--list"]).Output.Split(": ")[1].Trim();
}
