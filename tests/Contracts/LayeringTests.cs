using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MlNetRnn.Contracts;

/// <summary>Who may use whom (docs/architecture.md), read from the built assemblies. The room of a type is the folder of the file that bears its name.</summary>
public class LayeringTests
{
    /// <summary>For each room, the rooms that it may use besides itself. Constants leave no trace in an assembly and are free to all above their room.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Transforms/Hosting"] = [],
        ["Transforms/Sequences"] = [],
        ["Transforms/Columns"] = ["Transforms/Hosting", "Transforms/Sequences"],
        ["Transforms/Networks"] = ["Transforms/Sequences"],
        ["Transforms/Decoding"] = ["Transforms/Sequences", "Transforms/Networks"],
        ["Transforms/Tasks"] = ["Transforms/Hosting", "Transforms/Columns", "Transforms/Sequences", "Transforms/Networks", "Transforms/Decoding"],
        ["Transforms/Files"] = [],
        ["Transforms/Corpora"] = ["Transforms/Hosting", "Transforms/Columns", "Transforms/Files"],
        ["Transforms/Evaluation"] = ["Transforms/Hosting", "Transforms/Columns", "Transforms/Sequences"],
        ["Transforms/Tokenizing"] = ["Transforms/Hosting", "Transforms/Columns", "Transforms/Sequences"],
        ["Transforms/Serving"] = ["Transforms/Files", "Transforms/Networks", "Transforms/Model"],
        ["Transforms/Model"] = ["Transforms/Hosting", "Transforms/Columns", "Transforms/Sequences", "Transforms/Networks", "Transforms/Tasks"],
        ["Trainers/Options"] = ["Transforms/Sequences", "Transforms/Tasks"],
        ["Trainers/Onnx"] = [],
        ["Trainers/Batching"] = ["Transforms/Files", "Transforms/Columns", "Transforms/Sequences"],
        ["Trainers/Modules"] = ["Trainers/Options", "Trainers/Onnx", "Trainers/Batching", "Transforms/Sequences", "Transforms/Networks", "Transforms/Decoding"],
        ["Trainers/Training"] = ["Trainers/Options", "Trainers/Batching", "Trainers/Modules", "Transforms/Sequences", "Transforms/Decoding"],
        ["Trainers/Learning"] =
        [
            "Trainers/Options", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Training",
            "Transforms/Hosting", "Transforms/Columns", "Transforms/Sequences", "Transforms/Networks", "Transforms/Tasks", "Transforms/Model",
        ],
        ["Trainers/Quantization"] = ["Trainers/Onnx", "Transforms/Model", "Transforms/Networks"],
        ["Trainers/Experiments"] = ["Trainers/Options", "Trainers/Learning", "Transforms/Hosting", "Transforms/Model", "Transforms/Evaluation"],
        ["Trainers"] = ["Trainers/Options", "Trainers/Learning", "Trainers/Experiments", "Trainers/Quantization", "Transforms/Hosting", "Transforms/Evaluation", "Transforms/Model"],
    };

    /// <summary>Experiments are by themselves because half of their names are AutoML's, whose namespace a user may have open beside ours.</summary>
    private static readonly string[] PublicNamespaces = ["MlNetRnn", "MlNetRnn.Experiments"];

    [Fact]
    public void No_room_uses_one_that_it_must_not()
    {
        IEnumerable<string> faults = from use in Uses()
                                     where use.From != use.To && !Allowed[use.From].Contains(use.To)
                                     select $"{use.From}/{use.User} uses {use.To}/{use.Used}";
        Assert.Empty(faults.Distinct().Order());
    }

    [Fact]
    public void No_permission_is_unused()
    {
        HashSet<(string, string)> used = [.. Uses().Select(use => (use.From, use.To))];
        IEnumerable<string> idle = from room in Allowed from other in room.Value where !used.Contains((room.Key, other)) select $"{room.Key} need not use {other}";
        Assert.Empty(idle);
    }

    [Fact]
    public void Transforms_knows_neither_libtorch_nor_the_trainers()
    {
        using ModuleDefinition module = Module("MlNetRnn.Transforms.dll");
        Assert.DoesNotContain(module.AssemblyReferences, reference => reference.Name.Contains("Torch") || reference.Name == "MlNetRnn.Trainers");
    }

    [Fact]
    public void Public_types_are_in_the_library_s_namespace_and_extension_methods_in_that_of_what_they_extend()
    {
        foreach (string assembly in new[] { "MlNetRnn.Transforms.dll", "MlNetRnn.Trainers.dll" })
        {
            using ModuleDefinition module = Module(assembly);
            Assert.All(module.Types.Where(type => type.IsPublic), type => Assert.Contains(type.Namespace, type.Name.EndsWith("Catalog") ? ["Microsoft.ML"] : type.Name.EndsWith("ServiceCollectionExtensions") ? ["Microsoft.Extensions.DependencyInjection"] : PublicNamespaces));
        }
    }

    private static IEnumerable<(string From, string User, string To, string Used)> Uses()
    {
        Dictionary<string, string> rooms = Rooms();
        foreach (string assembly in new[] { "MlNetRnn.Transforms.dll", "MlNetRnn.Trainers.dll" })
        {
            using ModuleDefinition module = Module(assembly);
            foreach (TypeDefinition type in module.GetTypes())
            {
                if (Room(type) is not { } from) continue;
                foreach (TypeReference reference in References(type))
                    if (Room(reference) is { } to) yield return (from, Outermost(type).Name, to, Outermost(reference).Name);
            }
        }

        string? Room(TypeReference type)
        {
            TypeReference outermost = Outermost(type);
            if (outermost.Scope?.Name.StartsWith("MlNetRnn", StringComparison.Ordinal) != true) return null;
            if (outermost.Namespace.StartsWith("MlNetRnn.Onnx.Format", StringComparison.Ordinal)) return "Trainers/Onnx";
            string name = outermost.Name.Split('`')[0];
            if (rooms.TryGetValue(name, out string? room)) return room;
            // A small type that shares the file of its only maker: its namespace tells the room.
            string[] parts = outermost.Namespace.Split('.');
            return parts.Length < 2 || parts[0] != "MlNetRnn" ? null : rooms.Values.FirstOrDefault(candidate => candidate.EndsWith("/" + parts[1], StringComparison.Ordinal));
        }
    }

    /// <summary>File name, without type parameters → folder and the one above it, for all sources.</summary>
    private static Dictionary<string, string> Rooms()
    {
        string source = Path.Combine(Repository.Root, "src");
        return Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(source, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"))
            .GroupBy(file => Path.GetFileNameWithoutExtension(file).Split('{')[0], file => string.Join('/', Path.GetDirectoryName(file)!.Split('/', '\\').Take(2)))
            .ToDictionary(files => files.Key, files => files.Distinct().Single());
    }

    private static IEnumerable<TypeReference> References(TypeDefinition type)
    {
        IEnumerable<TypeReference?> signature = [type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. type.Fields.Select(f => f.FieldType),
            .. type.Methods.Select(m => m.ReturnType), .. type.Methods.SelectMany(m => m.Parameters).Select(p => p.ParameterType)];
        IEnumerable<TypeReference?> code = type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).Select(operand => operand switch
        {
            TypeReference t => t,
            MemberReference member => member.DeclaringType,
            _ => null,
        });
        return signature.Concat(code).OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        FunctionPointerType pointer => pointer.Parameters.Select(p => p.ParameterType).Append(pointer.ReturnType).SelectMany(Parts),
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static ModuleDefinition Module(string assembly) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly));
}
