using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MlNetRnn.Contracts;

/// <summary>The dependencies between rooms (docs/architecture.md), read from the built assemblies. The room of a type is the folder of its file.</summary>
public partial class LayeringTests
{
    private static readonly string[] Assemblies = ["MlNetRnn.Transforms.dll", "MlNetRnn.Trainers.dll", "MlNetRnn.Experiments.dll", "MlNetRnn.Images.dll"];

    /// <summary>Experiments have a namespace of their own because half of their names are AutoML's, and a file may use both namespaces.</summary>
    private static readonly string[] PublicNamespaces = ["MlNetRnn", "MlNetRnn.Experiments"];

    [Fact]
    public void No_room_uses_a_room_that_is_not_listed()
    {
        IEnumerable<string> faults = from use in Uses()
                                     where use.From != use.To && !RoomTable.Allowed[use.From].Contains(use.To)
                                     select $"{use.From}/{use.User} uses {use.To}/{use.Used}";
        string[] all = [.. faults.Distinct().Order()];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    [Fact]
    public void Every_listed_dependency_is_used()
    {
        HashSet<(string, string)> used = [.. Uses().Select(use => (use.From, use.To))];
        IEnumerable<string> idle = from room in RoomTable.Allowed
                                   from other in room.Value
                                   where !used.Contains((room.Key, other))
                                   select $"{room.Key} does not use {other}";
        Assert.True(!idle.Any(), string.Join('\n', idle));
    }

    [Fact]
    public void No_folder_has_more_than_20_files()
    {
        const int Limit = 20;
        string source = Path.Combine(Repository.Root, "src");
        IEnumerable<string> crowded = from folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories)
                                      where !folder.Split('/', '\\').Any(part => part is "obj" or "bin")
                                      let count = Directory.GetFiles(folder, "*.cs").Length
                                      where count > Limit
                                      select $"{Path.GetRelativePath(source, folder)}: {count} files";
        Assert.Empty(crowded);
    }

    [Fact]
    public void Transforms_uses_neither_libtorch_nor_the_trainers()
    {
        using ModuleDefinition module = Module("MlNetRnn.Transforms.dll");
        Assert.DoesNotContain(module.AssemblyReferences, reference => reference.Name.Contains("Torch") || reference.Name == "MlNetRnn.Trainers");
    }

    [Fact]
    public void Public_types_have_the_namespace_of_the_library_and_extension_methods_that_of_the_extended_type()
    {
        foreach (string assembly in Assemblies)
        {
            using ModuleDefinition module = Module(assembly);
            Assert.All(module.Types.Where(type => type.IsPublic), type => Assert.Contains(type.Namespace, NamespacesFor(type)));
        }

        static string[] NamespacesFor(TypeDefinition type) =>
            type.Name.EndsWith("Catalog") ? ["Microsoft.ML"]
            : type.Name.EndsWith("ServiceCollectionExtensions") ? ["Microsoft.Extensions.DependencyInjection"]
            : PublicNamespaces;
    }

    private static IEnumerable<(string From, string User, string To, string Used)> Uses()
    {
        Dictionary<string, string> rooms = Rooms();
        foreach (string assembly in Assemblies)
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
            return rooms.GetValueOrDefault(outermost.Name.Split('`')[0]);
        }
    }

    /// <summary>The name of each type in src, without type parameters → its room: the deepest folder of its file that <see cref="Allowed"/> lists.</summary>
    private static Dictionary<string, string> Rooms()
    {
        string source = Path.Combine(Repository.Root, "src");
        var rooms = new Dictionary<string, string>();
        foreach (string file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(source, file).Replace('\\', '/');
            if (path.Contains("/obj/") || path.Contains("/bin/")) continue;
            string room = RoomTable.Allowed.Keys.Where(key => path.StartsWith(key + "/", StringComparison.Ordinal)).MaxBy(key => key.Length)
                ?? throw new InvalidOperationException($"{path}: this folder is not listed.");
            foreach (Match type in Declaration().Matches(File.ReadAllText(file)))
            {
                string name = type.Groups["name"].Value;
                if (rooms.TryGetValue(name, out string? other) && other != room)
                    throw new InvalidOperationException($"{name}: expected one type of this name, got one in {room} and one in {other}. Rename one of them.");
                rooms[name] = room;
            }
        }
        return rooms;
    }

    /// <summary>Matches a type that is not nested: its declaration begins the line.</summary>
    [GeneratedRegex(
        @"^(public |internal |file )?(static |sealed |abstract |readonly |ref |partial |unsafe )*"
        + @"((record )?(class|struct)|record|interface|enum|delegate [\w<>\[\],?. ]+?) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    private static IEnumerable<TypeReference> References(TypeDefinition type)
    {
        IEnumerable<TypeReference?> signature = [type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. type.Fields.Select(f => f.FieldType),
            .. type.Methods.Select(m => m.ReturnType), .. type.Methods.SelectMany(m => m.Parameters).Select(p => p.ParameterType)];
        IEnumerable<object> operands = type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Select(i => i.Operand);
        IEnumerable<TypeReference?> code = operands.Select(operand => operand switch
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
