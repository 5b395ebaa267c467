using MlNetRnn.MLNetBridge;
using MlNetRnn.Modules;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MlNetRnn.Contracts;

/// <summary>What of ML.NET's internals the built library binds: the whole list, and that nothing but the folder Hosting does.</summary>
public class FriendAccessTests
{
    private static readonly string[] Expected =
    [
        "Microsoft.ML.Data.IInternalCatalog.get_Environment",
        "Microsoft.ML.LoadableClassAttribute..ctor",
        "Microsoft.ML.MLContext.CancelExecution",
        "Microsoft.ML.ModelLoadContext.CheckAtModel",
        "Microsoft.ML.ModelLoadContext.Reader",
        "Microsoft.ML.ModelLoadContext.TryLoadBinaryStream",
        "Microsoft.ML.ModelSaveContext.CheckAtModel",
        "Microsoft.ML.ModelSaveContext.SaveBinaryStream",
        "Microsoft.ML.ModelSaveContext.SetVersionInfo",
        "Microsoft.ML.ModelSaveContext.Writer",
        "Microsoft.ML.Runtime.ICancelable.get_IsCanceled",
        "Microsoft.ML.Runtime.IHostEnvironmentInternal.get_FallbackToCpu",
        "Microsoft.ML.Runtime.IHostEnvironmentInternal.get_GpuDeviceId",
        "Microsoft.ML.Runtime.IHostEnvironmentInternal.get_Seed",
        "Microsoft.ML.SchemaShape/Column..ctor",
        "Microsoft.ML.VersionInfo..ctor",
    ];

    [Fact]
    public void Transforms_binds_exactly_these_internals()
    {
        Assert.Equal(Expected, Internals("MlNetRnn.Transforms.dll").Select(use => use.Member).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_check_at_run_time_looks_for_exactly_these_internals() =>
        Assert.Equal(Expected, SupportedMLNet.Members.Select(member => $"{member.Type.FullName!.Replace('+', '/')}.{member.Name}").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("FreshProcess")]
    [InlineData("FreshProcess.OldestMLNet")]
    public void Every_supported_version_of_ML_NET_has_them(string program)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Repository.ProgramFolder(program));
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(Repository.ProgramFolder(program), "MlNetRnn.Transforms.dll"), new ReaderParameters { AssemblyResolver = resolver });
        MemberReference[] bound = [.. module.GetMemberReferences().Where(member => Expected.Contains(Name(member)))];
        Assert.Equal(Expected.Length, bound.Select(Name).Distinct().Count());
        Assert.All(bound, member => Assert.NotNull(member.Resolve()));
    }

    [Theory]
    [InlineData("Microsoft.ML.Core.dll", "TryLoadBinaryStream", "ModelLoadContext.TryLoadBinaryStream")]
    [InlineData("Microsoft.ML.Data.dll", "IInternalCatalog", "Microsoft.ML.Data.IInternalCatalog")]
    public void A_version_that_lacks_one_is_refused_in_one_sentence_that_names_both_versions(string assembly, string name, string told)
    {
        using var folder = new TemporaryFolder();
        string source = Repository.ProgramFolder("FreshProcess");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder.FullName, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        Rename(Path.Combine(folder.FullName, assembly), name);

        string model = Path.Combine(Repository.Root, "tests", "Contracts", "Golden", "RnnTextClassificationTrainer.format1.zip");
        (int exitCode, _, string error) = Repository.Run("dotnet", [Path.Combine(folder.FullName, "FreshProcess.dll"), model, "unused"]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("System.NotSupportedException: MlNetRnn.Transforms 0.1.0 runs on Microsoft.ML 5.0.1 or later, below 7.0.0, because it uses internals of it, but this application has Microsoft.ML ", error);
        Assert.Contains($"which lacks {told}. Reference a supported version of Microsoft.ML, or update MlNetRnn.", error);
        Assert.DoesNotContain("MissingMethodException", error);
        Assert.DoesNotContain("TypeLoadException", error);
    }

    /// <summary>Turns an assembly of ML.NET into one that lacks a method or a type, as a future version may.</summary>
    private static void Rename(string assembly, string name)
    {
        using var image = new MemoryStream(File.ReadAllBytes(assembly));
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(assembly));
        using ModuleDefinition module = ModuleDefinition.ReadModule(image, new ReaderParameters { AssemblyResolver = resolver });
        IMemberDefinition[] members = [.. module.GetTypes().SelectMany(type => type.Methods.Cast<IMemberDefinition>().Prepend(type)).Where(member => member.Name == name)];
        Assert.NotEmpty(members);
        foreach (IMemberDefinition member in members) member.Name = "SomethingElse";
        File.Delete(assembly);
        module.Write(assembly);
    }

    [Fact]
    public void Only_the_folder_Hosting_binds_them()
    {
        Assert.All(Internals("MlNetRnn.Transforms.dll"), use => Assert.Equal("MlNetRnn.MLNetBridge", use.User.Namespace));
        Assert.Empty(Internals("MlNetRnn.Trainers.dll"));
        Assert.Empty(Internals("MlNetRnn.Experiments.dll"));
    }

    /// <summary>Members of ML.NET that are not public, or of a type that is not, and the outermost type that uses each.</summary>
    private static (string Member, TypeDefinition User)[] Internals(string assembly)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly), new ReaderParameters { AssemblyResolver = resolver });
        var uses = new List<(string, TypeDefinition)>();
        foreach (TypeDefinition type in module.GetTypes())
            foreach (Instruction instruction in type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions))
                if (instruction.Operand is MemberReference member and not TypeReference && IsInternal(member)) uses.Add((Name(member), Outermost(type)));
        TypeDefinition anchor = module.GetType("MlNetRnn.MLNetBridge.ModelParts");
        foreach (CustomAttribute attribute in module.Assembly.CustomAttributes)
            if (IsInternal(attribute.Constructor)) uses.Add((Name(attribute.Constructor), anchor));
        return [.. uses];
    }

    private static bool IsInternal(MemberReference member)
    {
        if (member.DeclaringType.Scope?.Name.StartsWith("Microsoft.ML", StringComparison.Ordinal) != true || member.DeclaringType.Scope.Name.Contains("OnnxRuntime")) return false;
        bool visible = member switch
        {
            MethodReference method => method.Resolve() is { } m && (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly),
            FieldReference field => field.Resolve() is { } f && (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly),
            _ => true,
        };
        for (TypeDefinition? type = member.DeclaringType.Resolve(); type is not null; type = type.DeclaringType) visible &= type.IsPublic || type.IsNestedPublic;
        return !visible;
    }

    private static string Name(MemberReference member) => $"{member.DeclaringType.GetElementType().FullName}.{member.Name}";

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
