using System.IO.Compression;
using System.Runtime.InteropServices;

namespace MlNetRnn.Contracts;

/// <summary>The packages as users get them: restored from a folder into new projects, which are published in every supported way and run.</summary>
public sealed class PackedPackagesTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    private static readonly string[] Texts = ["my parcel is late", "the bill is wrong again"], Answers = ["late", "bill"];

    private static string Rid => RuntimeInformation.RuntimeIdentifier;

    [Theory]
    [InlineData("MlNetRnn.Transforms")]
    [InlineData("MlNetRnn.Trainers")]
    [InlineData("MlNetRnn.Experiments")]
    [InlineData("MlNetRnn.Images")]
    public void Packages_are_complete(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(packages.Packed, $"{id}.{packages.Version}.nupkg"));
        string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
        string[] expected =
        [
            "readme.md", "icon.png", $"lib/net8.0/{id}.dll", $"lib/net8.0/{id}.xml", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml",
        ];
        Assert.Empty(expected.Except(entries));
        using var nuspec = new StreamReader(package.GetEntry($"{id}.nuspec")!.Open());
        string text = nuspec.ReadToEnd();
        Assert.Contains("id=\"Microsoft.ML\" version=\"[5.0.1, 7.0.0)\"", text);
        Assert.DoesNotContain("Mono.Cecil", text);
        using var documentation = new StreamReader(package.GetEntry($"lib/net8.0/{id}.xml")!.Open());
        string members = documentation.ReadToEnd();
        // The documentation contains only public types. Internal types have namespaces of their own.
        Assert.DoesNotContain("name=\"T:MlNetRnn.MLNetBridge.", members);
        Assert.DoesNotContain("name=\"T:MlNetRnn.Modules.", members);
        Assert.Contains("name=\"M:Microsoft.ML.Rnn", members);
        if (id is "MlNetRnn.Trainers" or "MlNetRnn.Images") Assert.Contains($"id=\"MlNetRnn.Transforms\" version=\"[{packages.Version}]\"", text);
        else if (id == "MlNetRnn.Experiments") Assert.Contains($"id=\"MlNetRnn.Trainers\" version=\"[{packages.Version}]\"", text);
        if (id is "MlNetRnn.Transforms" or "MlNetRnn.Images") Assert.DoesNotContain("TorchSharp", text);
        if (id == "MlNetRnn.Images") Assert.Contains("id=\"Microsoft.ML.DnnImageFeaturizer.ResNet18\" version=\"[0.23.1, 0.25.0)\"", text);
        else Assert.DoesNotContain("Microsoft.ML.ImageAnalytics", text);
        // The network comes with its own package.
        Assert.DoesNotContain(entries, entry => entry.EndsWith(".onnx", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(packages.Packed, $"{id}.{packages.Version}.snupkg")));
    }

    [Fact]
    public void A_project_that_only_scores_has_no_libtorch()
    {
        string scorer = packages.Publish("ScorerApp", "scorer");
        IEnumerable<string> files = Directory.EnumerateFiles(scorer, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file));
        Assert.DoesNotContain(files, name => name.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(Answers, packages.Run("dotnet", [Path.Combine(scorer, "ScorerApp.dll"), packages.Model(), .. Texts]));
    }

    /// <summary>Warnings are errors in the project, so the version range of the packages must include the newest ML.NET.</summary>
    [Theory]
    [InlineData("5.0.1")]
    [InlineData("6.0.0")]
    public void A_project_that_trains_may_reference_every_supported_ML_NET(string version)
    {
        string trainer = packages.Publish("TrainerApp", $"trainer-{version}", $"-p:MLNetVersion={version}");
        packages.Run("dotnet", Path.Combine(trainer, "TrainerApp.dll"), packages.PathOf($"{version}.zip"));
        Assert.True(File.Exists(packages.PathOf($"{version}.zip")));
    }

    [Fact]
    public void Without_a_native_libtorch_one_sentence_names_the_package_to_add()
    {
        string without = packages.Publish("TrainerApp", "without-libtorch", "-p:WithLibtorch=false");
        string[] arguments = [Path.Combine(without, "TrainerApp.dll"), packages.PathOf("none.zip")];
        (int exitCode, string output, string error) = Repository.Run("dotnet", arguments);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Native libtorch library: expected one for", error);
        Assert.Contains("Add a reference to the NuGet package TorchSharp-cpu 0.107.0", error);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Empty(output);
    }

    /// <summary>The trimmer finds neither the types that a model file names nor those that ML.NET creates by reflection. The package lists both.</summary>
    [Fact]
    public void A_trimmed_application_scores()
    {
        string trimmed = packages.Publish("ScorerApp", "trimmed", "-r", Rid, "-p:PublishTrimmed=true");
        Assert.Equal(Answers, packages.Run(Path.Combine(trimmed, "ScorerApp"), [packages.Model(), .. Texts]));
    }

    [Fact]
    public void Self_contained_applications_for_NET_8_train_and_score()
    {
        string model = packages.PathOf("net8.zip");
        string[] options = ["-p:Framework=net8.0", "-r", Rid, "--self-contained"];
        packages.Run(Path.Combine(packages.Publish("TrainerApp", "trainer8", options), "TrainerApp"), model);
        Assert.Equal(Answers, packages.Run(Path.Combine(packages.Publish("ScorerApp", "scorer8", options), "ScorerApp"), [model, .. Texts]));
    }

    /// <summary>By default, the SDK builds file-based applications (dotnet run app.cs) for AOT: no reflection for JSON and no generated code.</summary>
    [Fact]
    public void File_based_applications_train_and_score()
    {
        string model = packages.PathOf("file.zip");
        packages.Run("dotnet", "run", packages.PathOf(Path.Combine("FileBased", "train.cs")), "--", model);
        Assert.Equal(Answers, packages.Run("dotnet", ["run", packages.PathOf(Path.Combine("FileBased", "score.cs")), "--", model, .. Texts]));
    }

    /// <summary>The network is in the folder of the application, and a model with images loads in a process that does not name the package.</summary>
    [Theory]
    [InlineData("5.0.1")]
    [InlineData("6.0.0")]
    public void An_application_computes_features_of_images(string version)
    {
        string application = packages.Publish("ImagesApp", $"images-{version}", $"-p:MLNetVersion={version}");
        Assert.True(File.Exists(Path.Combine(application, "DnnImageModels", "ResNet18Onnx", "ResNet18.onnx")));
        string model = packages.PathOf($"images-{version}.zip"), picture = packages.PathOf("picture.png");
        string[] computed = packages.Run("dotnet", Path.Combine(application, "ImagesApp.dll"), "save", model, picture);
        Assert.Single(computed);
        Assert.Equal(computed, packages.Run("dotnet", Path.Combine(application, "ImagesApp.dll"), "load", model, picture));
    }

    /// <summary>The report of an experiment needs no native library beyond the .NET runtime.</summary>
    [Fact]
    public void An_application_runs_an_experiment_and_writes_its_report()
    {
        string report = packages.PathOf("experiment.html");
        string application = Path.Combine(packages.Publish("ExperimentApp", "experiment"), "ExperimentApp.dll");
        Assert.Equal(["2 trials"], packages.Run("dotnet", application, report));
        Assert.Contains("<html", File.ReadAllText(report), StringComparison.OrdinalIgnoreCase);
    }
}
