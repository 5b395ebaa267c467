using MlNetRnn.MLNetBridge;
using MlNetRnn.Modules;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MlNetRnn.Contracts;

/// <summary>The internals of ML.NET that the built library uses: the complete list, and that only the folder MLNetBridge uses them.</summary>
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
    public void Transforms_uses_exactly_the_listed_internals() =>
        Assert.Equal(Expected, Internals("MlNetRnn.Transforms.dll").Select(use => use.Member).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_check_at_run_time_covers_exactly_the_listed_internals()
    {
        IEnumerable<string> members = SupportedMLNet.Members.Select(member => $"{member.Type.FullName!.Replace('+', '/')}.{member.Name}");
        Assert.Equal(Expected, members.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("FreshProcess")]
    [InlineData("FreshProcess.OldestMLNet")]
    public void Every_supported_version_of_ML_NET_has_the_listed_internals(string program)
    {
        using ModuleDefinition module = Read(Path.Combine(Repository.ProgramFolder(program), "MlNetRnn.Transforms.dll"));
        MemberReference[] bound = [.. module.GetMemberReferences().Where(member => Expected.Contains(Name(member)))];
        Assert.Equal(Expected.Length, bound.Select(Name).Distinct().Count());
        Assert.All(bound, member => Assert.NotNull(member.Resolve()));
    }

    [Theory]
    [InlineData("Microsoft.ML.Core.dll", "TryLoadBinaryStream", "ModelLoadContext.TryLoadBinaryStream")]
    [InlineData("Microsoft.ML.Data.dll", "IInternalCatalog", "Microsoft.ML.Data.IInternalCatalog")]
    public void A_version_that_lacks_an_internal_is_refused_with_its_name_and_both_versions(string assembly, string name, string reported)
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

        string model = Path.Combine(Repository.Golden, "RnnTextClassificationTrainer.format1.zip");
        (int exitCode, _, string error) = Repository.Run("dotnet", [Path.Combine(folder.FullName, "FreshProcess.dll"), model, "unused"]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("System.NotSupportedException: MlNetRnn.Transforms 0.1.0 runs on Microsoft.ML 5.0.1 or later, below 7.0.0, "
            + "because it uses internals of it, but this application has Microsoft.ML ", error);
        Assert.Contains($"which lacks {reported}. Reference a supported version of Microsoft.ML, or update MlNetRnn.", error);
        Assert.DoesNotContain("MissingMethodException", error);
        Assert.DoesNotContain("TypeLoadException", error);
    }

    /// <summary>Renames a method or a type of ML.NET, as a future version may do.</summary>
    private static void Rename(string assembly, string name)
    {
        using ModuleDefinition module = Read(assembly);
        IEnumerable<IMemberDefinition> members = module.GetTypes().SelectMany(type => type.Methods.Cast<IMemberDefinition>().Prepend(type));
        IMemberDefinition[] renamed = [.. members.Where(member => member.Name == name)];
        Assert.NotEmpty(renamed);
        foreach (IMemberDefinition member in renamed) member.Name = "SomethingElse";
        File.Delete(assembly);
        module.Write(assembly);
    }

    [Fact]
    public void Only_the_folder_MLNetBridge_uses_internals()
    {
        TypeDefinition[] users = [.. Internals("MlNetRnn.Transforms.dll").Select(use => use.User).OfType<TypeDefinition>()];
        Assert.NotEmpty(users);
        Assert.All(users, user => Assert.Equal("MlNetRnn.MLNetBridge", user.Namespace));
        Assert.Empty(Internals("MlNetRnn.Trainers.dll"));
        Assert.Empty(Internals("MlNetRnn.Experiments.dll"));
        Assert.Equal([("Microsoft.ML.LoadableClassAttribute..ctor", null)], Internals("MlNetRnn.Images.dll"));
    }

    /// <summary>
    /// Returns the members of ML.NET that are not public, or whose type is not public, and the outermost type that uses each; null for an attribute
    /// of the assembly.
    /// </summary>
    private static (string Member, TypeDefinition? User)[] Internals(string assembly)
    {
        using ModuleDefinition module = Read(Path.Combine(AppContext.BaseDirectory, assembly));
        var uses = new List<(string, TypeDefinition?)>();
        foreach (TypeDefinition type in module.GetTypes())
            foreach (Instruction instruction in type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions))
                if (instruction.Operand is MemberReference member and not TypeReference && IsInternal(member)) uses.Add((Name(member), Outermost(type)));
        foreach (CustomAttribute attribute in module.Assembly.CustomAttributes)
            if (IsInternal(attribute.Constructor)) uses.Add((Name(attribute.Constructor), null));
        return [.. uses];
    }

    private static bool IsInternal(MemberReference member)
    {
        string assembly = member.DeclaringType.Scope?.Name ?? "";
        if (!assembly.StartsWith("Microsoft.ML", StringComparison.Ordinal) || assembly.Contains("OnnxRuntime")) return false;
        bool visible = member switch
        {
            MethodReference method => method.Resolve() is { } m && (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly),
            FieldReference field => field.Resolve() is { } f && (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly),
            _ => true,
        };
        for (TypeDefinition? type = member.DeclaringType.Resolve(); type is not null; type = type.DeclaringType)
            visible &= type.IsPublic || type.IsNestedPublic;
        return !visible;
    }

    /// <summary>Reads an assembly into memory. Its references are resolved in the same folder.</summary>
    private static ModuleDefinition Read(string assembly)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(assembly));
        return ModuleDefinition.ReadModule(assembly, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
    }

    private static string Name(MemberReference member) => $"{member.DeclaringType.GetElementType().FullName}.{member.Name}";

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
