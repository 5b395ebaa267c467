using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MlNetRnn.Contracts;

/// <summary>The dependencies between rooms (docs/architecture.md), read from the built assemblies. The room of a type is the folder of its file.</summary>
public partial class LayeringTests
{
    /// <summary>For each room, the rooms that it may use in addition to itself. Constants leave no trace in an assembly, so every room may use them.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Transforms/MLNetBridge"] = [],
        ["Transforms/Files"] = [],
        ["Transforms/Kernels"] = [],
        ["Transforms/Sequences"] = [],
        ["Transforms/RandomNumbers"] = [],
        ["Transforms/Tokenization"] = [],
        ["Transforms/Tags"] = [],
        ["Transforms/Symbols"] = ["Transforms/Sequences", "Transforms/Tokenization"],
        ["Transforms/Columns"] = ["Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tokenization"],
        ["Transforms/Networks"] = ["Transforms/Kernels", "Transforms/Sequences"],
        ["Transforms/Networks/Steps"] = ["Transforms/Kernels", "Transforms/Networks", "Transforms/Decoding/Generation"],
        ["Transforms/Networks/Steps/Decoders"] =
        [
            "Transforms/Kernels", "Transforms/Sequences", "Transforms/Networks", "Transforms/Networks/Steps", "Transforms/Decoding/Generation",
        ],
        ["Transforms/Decoding"] = [],
        ["Transforms/Decoding/Generation"] = ["Transforms/Kernels", "Transforms/RandomNumbers", "Transforms/Decoding"],
        ["Transforms/NGrams"] = ["Transforms/Decoding/Generation"],
        ["Transforms/Decoding/Tags"] = ["Transforms/Kernels", "Transforms/Tags", "Transforms/Decoding"],
        ["Transforms/Tasks"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tags", "Transforms/Columns", "Transforms/Networks", "Transforms/Decoding/Tags",
        ],
        ["Transforms/Model"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tokenization", "Transforms/Columns", "Transforms/Networks", "Transforms/Tasks",
        ],
        ["Transforms/LanguageModels"] =
        [
            "Transforms/MLNetBridge", "Transforms/Kernels", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/Networks",
            "Transforms/Networks/Steps", "Transforms/Decoding", "Transforms/Decoding/Generation", "Transforms/NGrams", "Transforms/Tasks", "Transforms/Model",
        ],
        ["Transforms/LanguageModels/Fitting"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/NGrams", "Transforms/LanguageModels",
        ],
        ["Transforms/LanguageModels/GenerationTransform"] =
        [
            "Transforms/MLNetBridge", "Transforms/Columns", "Transforms/Decoding/Generation", "Transforms/Model", "Transforms/LanguageModels",
        ],
        ["Transforms/Captioning"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Model", "Transforms/LanguageModels", "Transforms/Translation",
        ],
        ["Transforms/Translation"] =
        [
            "Transforms/MLNetBridge", "Transforms/Kernels", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/Networks",
            "Transforms/Networks/Steps/Decoders", "Transforms/Decoding", "Transforms/Decoding/Generation", "Transforms/Tasks", "Transforms/Model",
            "Transforms/LanguageModels",
        ],
        ["Transforms/Serving"] = ["Transforms/MLNetBridge", "Transforms/Files", "Transforms/Networks"],
        ["Transforms/Corpora"] = ["Transforms/MLNetBridge", "Transforms/Files", "Transforms/Columns"],
        ["Transforms/Evaluation"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tags", "Transforms/Symbols", "Transforms/Columns", "Transforms/LanguageModels",
        ],
        ["Transforms/Evaluation/Languages"] = ["Transforms/NGrams"],
        ["Transforms/Evaluation/Translation"] = ["Transforms/MLNetBridge", "Transforms/Columns", "Transforms/Evaluation", "Transforms/Evaluation/Languages"],
        ["Transforms/Evaluation/Captioning"] = ["Transforms/MLNetBridge", "Transforms/Columns", "Transforms/Evaluation/Translation"],
        ["Transforms/TokenizingTransform"] = ["Transforms/MLNetBridge", "Transforms/Tokenization", "Transforms/Columns"],
        ["Trainers/Options"] =
        [
            "Transforms/Tokenization", "Transforms/Symbols", "Transforms/Columns", "Transforms/Tasks", "Transforms/LanguageModels",
            "Transforms/LanguageModels/Fitting", "Transforms/Translation",
        ],
        ["Trainers/Native"] = [],
        ["Trainers/Kernels"] = ["Transforms/Kernels"],
        ["Trainers/Onnx"] = [],
        ["Trainers/Labels"] = ["Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Columns"],
        ["Trainers/Batching"] = ["Transforms/Files", "Transforms/Sequences", "Transforms/Tokenization", "Transforms/Columns", "Trainers/Labels"],
        ["Trainers/Modules"] = ["Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching"],
        ["Trainers/Modules/Cells"] = ["Transforms/Kernels", "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx"],
        ["Trainers/Modules/Recurrent"] =
        [
            "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
        ],
        ["Trainers/Modules/Grids"] =
        [
            "Transforms/Kernels", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
            "Trainers/Modules/Recurrent",
        ],
        ["Trainers/Modules/Pooling"] = ["Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules"],
        ["Trainers/Modules/Inputs"] =
        [
            "Transforms/Networks", "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
            "Trainers/Modules/Recurrent", "Trainers/Modules/Pooling",
        ],
        ["Trainers/Modules/Attention"] =
        [
            "Transforms/Kernels", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
            "Trainers/Modules/Recurrent",
        ],
        ["Trainers/Modules/Decoders"] =
        [
            "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
            "Trainers/Modules/Recurrent", "Trainers/Modules/Attention",
        ],
        ["Trainers/Modules/Heads"] = ["Trainers/Kernels", "Trainers/Onnx", "Trainers/Modules"],
        ["Trainers/Networks"] =
        [
            "Transforms/Networks", "Transforms/Decoding/Tags", "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Cells", "Trainers/Modules/Recurrent", "Trainers/Modules/Pooling", "Trainers/Modules/Inputs", "Trainers/Modules/Attention",
            "Trainers/Modules/Decoders", "Trainers/Modules/Heads",
        ],
        ["Trainers/Objectives"] =
        [
            "Transforms/Tags", "Transforms/Decoding/Tags", "Trainers/Options", "Trainers/Kernels", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Heads",
        ],
        ["Trainers/Training"] =
        [
            "Transforms/Files", "Transforms/Kernels", "Transforms/RandomNumbers", "Trainers/Options", "Trainers/Kernels", "Trainers/Modules",
        ],
        ["Trainers/Training/Tasks"] =
        [
            "Transforms/Sequences", "Transforms/Decoding/Tags", "Trainers/Options", "Trainers/Kernels", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Recurrent", "Trainers/Modules/Heads", "Trainers/Networks", "Trainers/Objectives", "Trainers/Training",
        ],
        ["Trainers/Fitting"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tags", "Transforms/Columns", "Transforms/Networks", "Transforms/Decoding/Tags",
            "Transforms/Tasks", "Transforms/Model", "Trainers/Options", "Trainers/Native", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Labels",
            "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Recurrent", "Trainers/Modules/Inputs", "Trainers/Modules/Heads", "Trainers/Networks",
            "Trainers/Objectives", "Trainers/Training", "Trainers/Training/Tasks",
        ],
        ["Trainers/Fitting/Translation"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/Networks",
            "Transforms/Decoding/Generation", "Transforms/Model", "Transforms/LanguageModels", "Transforms/LanguageModels/Fitting", "Transforms/Translation",
            "Transforms/Evaluation/Translation", "Trainers/Options", "Trainers/Native", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Inputs", "Trainers/Networks", "Trainers/Training", "Trainers/Training/Tasks", "Trainers/Fitting",
            "Trainers/Fitting/LanguageModels",
        ],
        ["Trainers/Fitting/LanguageModels"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/Model", "Transforms/LanguageModels",
            "Transforms/LanguageModels/Fitting", "Trainers/Options", "Trainers/Native", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Recurrent", "Trainers/Modules/Inputs", "Trainers/Networks", "Trainers/Training", "Trainers/Training/Tasks", "Trainers/Fitting",
        ],
        ["Trainers/Quantization"] =
        [
            "Transforms/MLNetBridge", "Transforms/Networks", "Transforms/Model", "Transforms/LanguageModels", "Transforms/LanguageModels/GenerationTransform",
            "Transforms/Captioning", "Transforms/Translation", "Trainers/Onnx",
        ],
        ["Trainers"] =
        [
            "Transforms/MLNetBridge", "Transforms/Symbols", "Transforms/Model", "Transforms/LanguageModels", "Transforms/Captioning", "Transforms/Translation",
            "Trainers/Options", "Trainers/Fitting", "Trainers/Fitting/Translation", "Trainers/Fitting/LanguageModels",
        ],
        ["Experiments/Space"] = [],
        ["Experiments/Trials"] = ["Transforms/RandomNumbers", "Experiments/Space"],
        ["Experiments/Metrics"] =
        [
            "Transforms/Tags", "Transforms/Evaluation", "Transforms/Evaluation/Translation", "Transforms/Evaluation/Captioning", "Trainers/Options",
        ],
        ["Experiments/Tuning"] = ["Experiments/Space", "Experiments/Trials"],
        ["Experiments/Monitoring"] = ["Trainers/Options", "Experiments/Trials"],
        ["Experiments/Report"] = ["Transforms/Files", "Experiments/Space", "Experiments/Trials"],
        ["Experiments/Plan"] = ["Experiments/Space", "Experiments/Metrics", "Experiments/Tuning", "Experiments/Monitoring"],
        ["Experiments/Checkpoints"] =
        [
            "Transforms/Files", "Trainers/Options", "Experiments/Space", "Experiments/Trials", "Experiments/Metrics", "Experiments/Plan",
        ],
        ["Experiments/Running"] =
        [
            "Transforms/MLNetBridge", "Trainers/Options", "Trainers/Fitting", "Experiments/Space", "Experiments/Trials", "Experiments/Metrics",
            "Experiments/Tuning", "Experiments/Monitoring", "Experiments/Report", "Experiments/Plan", "Experiments/Checkpoints",
        ],
        ["Experiments"] =
        [
            "Transforms/MLNetBridge", "Transforms/Evaluation", "Transforms/Evaluation/Translation", "Transforms/Evaluation/Captioning", "Experiments/Space",
            "Experiments/Trials", "Experiments/Metrics", "Experiments/Tuning", "Experiments/Monitoring", "Experiments/Plan", "Experiments/Running",
        ],
        ["Experiments/Tasks"] =
        [
            "Transforms/MLNetBridge", "Transforms/Model", "Transforms/Evaluation", "Trainers/Options", "Trainers", "Experiments/Space", "Experiments/Trials",
            "Experiments/Metrics", "Experiments/Monitoring", "Experiments/Plan", "Experiments",
        ],
        ["Images/Pixels"] = ["Transforms/MLNetBridge", "Transforms/Columns"],
        ["Images/Features"] = ["Transforms/Networks"],
        ["Images/Caching"] = ["Transforms/Files", "Images/Features"],
        ["Images"] =
        [
            "Transforms/MLNetBridge", "Transforms/Kernels", "Transforms/Networks", "Transforms/Decoding", "Images/Pixels", "Images/Features", "Images/Caching",
        ],
    };

    private static readonly string[] Assemblies = ["MlNetRnn.Transforms.dll", "MlNetRnn.Trainers.dll", "MlNetRnn.Experiments.dll", "MlNetRnn.Images.dll"];

    /// <summary>Experiments have a namespace of their own because half of their names are AutoML's, and a file may use both namespaces.</summary>
    private static readonly string[] PublicNamespaces = ["MlNetRnn", "MlNetRnn.Experiments"];

    [Fact]
    public void No_room_uses_a_room_that_is_not_listed()
    {
        IEnumerable<string> faults = from use in Uses()
                                     where use.From != use.To && !Allowed[use.From].Contains(use.To)
                                     select $"{use.From}/{use.User} uses {use.To}/{use.Used}";
        string[] all = [.. faults.Distinct().Order()];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    [Fact]
    public void Every_listed_dependency_is_used()
    {
        HashSet<(string, string)> used = [.. Uses().Select(use => (use.From, use.To))];
        IEnumerable<string> idle = from room in Allowed
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

    /// <summary>The garbage collector may free a temporary scalar while libtorch still reads it: see <c>Kernels/Scalars</c>.</summary>
    [Fact]
    public void No_number_becomes_a_temporary_scalar_of_libtorch()
    {
        using ModuleDefinition module = Module("MlNetRnn.Trainers.dll");
        IEnumerable<string> faults = from type in module.GetTypes()
                                     where Outermost(type).Name != "Scalars"
                                     from method in type.Methods
                                     where method.HasBody
                                     from instruction in method.Body.Instructions
                                     where instruction.Operand is MethodReference called && CreatesScalar(called)
                                     select $"{type.FullName}.{method.Name}";
        string[] all = [.. faults.Distinct().Order()];
        Assert.True(all.Length == 0, "use Kernels/Scalars in: " + string.Join(", ", all));

        // Operators of tensors and numbers convert the number inside TorchSharp.
        static bool CreatesScalar(MethodReference method) => method.Name == "op_Implicit" && method.ReturnType.FullName == "TorchSharp.Scalar"
            || method.DeclaringType.Name == "Tensor" && method.Name.StartsWith("op_", StringComparison.Ordinal)
                && method.Parameters.Any(parameter => parameter.ParameterType.IsPrimitive);
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
            string room = Allowed.Keys.Where(key => path.StartsWith(key + "/", StringComparison.Ordinal)).MaxBy(key => key.Length)
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
