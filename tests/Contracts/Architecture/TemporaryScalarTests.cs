using Mono.Cecil;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>The garbage collector may free a temporary scalar while libtorch still reads it: see <c>Kernels/Scalars</c>.</summary>
public class TemporaryScalarTests
{
    [Fact]
    public void No_number_becomes_a_temporary_scalar_of_libtorch()
    {
        using ModuleDefinition torchSharp = ModuleDefinition.ReadModule(typeof(torch).Assembly.Location);
        HashSet<string> creators = Creators(torchSharp);
        // The operators that the library would use most.
        Assert.Contains(creators, method => method.Contains("Tensor::op_Addition(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)", StringComparison.Ordinal));
        using ModuleDefinition trainers = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "MlNetRnn.Trainers.dll"));
        IEnumerable<string> faults = from type in trainers.GetTypes()
                                     from method in type.Methods
                                     from called in Calls(method)
                                     where creators.Contains(called.FullName) || (IsConversion(called) && !IsOfScalars(type))
                                     select $"{type.FullName}.{method.Name} calls {called.Name}";
        string[] all = [.. faults.Distinct().Order()];
        Assert.True(all.Length == 0, "use Kernels/Scalars in: " + string.Join(", ", all));
    }

    /// <summary>Returns the public methods of TorchSharp that convert a number to a scalar, or call another one that does.</summary>
    private static HashSet<string> Creators(ModuleDefinition torchSharp)
    {
        MethodDefinition[] methods = [.. torchSharp.GetTypes().SelectMany(type => type.Methods).Where(method => method.IsPublic && !IsConversion(method))];
        HashSet<string> creators = [.. methods.Where(method => Calls(method).Any(IsConversion)).Select(method => method.FullName)];
        int before;
        do
        {
            before = creators.Count;
            creators.UnionWith(methods.Where(method => Calls(method).Any(called => creators.Contains(called.FullName))).Select(method => method.FullName));
        }
        while (creators.Count > before);
        return creators;
    }

    private static IEnumerable<MethodReference> Calls(MethodDefinition method) =>
        method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>() : [];

    private static bool IsConversion(MethodReference method) => method.Name == "op_Implicit" && method.ReturnType.FullName == "TorchSharp.Scalar";

    private static bool IsOfScalars(TypeDefinition type) => type.Name == "Scalars" || type.DeclaringType?.Name == "Scalars";
}
