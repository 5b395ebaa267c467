using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MlNetRnn.MLNetBridge;

/// <summary>
/// The versions of ML.NET that the library supports. The library uses internal members of ML.NET, which a later version may change. This check reports a
/// missing member before any work, instead of a MissingMethodException during it.
/// </summary>
internal static class SupportedMLNet
{
    /// <summary>The range that the packages depend on (build/Library.props).</summary>
    public const string Range = "5.0.1 or later, below 7.0.0";

    /// <summary>The internal members that this folder uses, with the number of their parameters. A test compares the list with the built library.</summary>
    public static IReadOnlyList<(Type Type, string Name, int Parameters)> Members =>
    [
        (typeof(IInternalCatalog), "get_Environment", 0),
        (typeof(LoadableClassAttribute), ".ctor", 6),
        (typeof(MLContext), "CancelExecution", 0),
        (typeof(ModelLoadContext), "CheckAtModel", 1),
        (typeof(ModelLoadContext), "Reader", 0),
        (typeof(ModelLoadContext), "TryLoadBinaryStream", 2),
        (typeof(ModelSaveContext), "CheckAtModel", 0),
        (typeof(ModelSaveContext), "SaveBinaryStream", 2),
        (typeof(ModelSaveContext), "SetVersionInfo", 1),
        (typeof(ModelSaveContext), "Writer", 0),
        (typeof(ICancelable), "get_IsCanceled", 0),
        (typeof(IHostEnvironmentInternal), "get_FallbackToCpu", 0),
        (typeof(IHostEnvironmentInternal), "get_GpuDeviceId", 0),
        (typeof(IHostEnvironmentInternal), "get_Seed", 0),
        (typeof(SchemaShape.Column), ".ctor", 5),
        (typeof(VersionInfo), ".ctor", 7),
    ];

    private static readonly Lazy<string?> Fault = new(FindFault);

    /// <summary>Validates, once per process, that ML.NET has all of <see cref="Members"/>.</summary>
    /// <exception cref="NotSupportedException">A member is missing.</exception>
    public static void Require()
    {
        if (Fault.Value is { } fault) throw new NotSupportedException(fault);
    }

    private static string? FindFault()
    {
        string[] missing;
        try
        {
            RequireInterfaces();
            // Inside the try block, because a missing type throws where it is named.
            missing = [.. Members.Where(member => !IsPresent(member.Type, member.Name, member.Parameters))
                .Select(member => $"{member.Type.Name}.{member.Name}")];
        }
        catch (TypeLoadException e)
        {
            missing = [e.TypeName];
        }
        if (missing.Length == 0) return null;
        Assembly own = typeof(SupportedMLNet).Assembly;
        return $"{own.GetName().Name} {VersionOf(own)} runs on Microsoft.ML {Range}, because it uses internals of it, "
            + $"but this application has Microsoft.ML {VersionOf(typeof(IHostEnvironment).Assembly)}, "
            + $"which lacks {string.Join(", ", missing)}. Reference a supported version of Microsoft.ML, or update MlNetRnn.";
    }

    /// <summary>Throws if ML.NET lacks an interface that <see cref="BatchedView"/> implements.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RequireInterfaces() => _ = typeof(BatchedView).GetInterfaces();

    private static bool IsPresent(Type type, string name, int parameters) =>
        type.GetMember(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(member => member is not MethodBase method || method.GetParameters().Length == parameters);

    private static string VersionOf(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString() ?? "of unknown version").Split('+')[0];
}
