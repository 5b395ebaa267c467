using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using TorchSharp;

namespace MlNetRnn.Native;

/// <summary>
/// Loads libtorch. On Linux systems whose C++ library is older than GCC 13's (Debian 12, Ubuntu 22.04, RHEL 9) TorchSharp's native
/// library is refused for the sake of one symbol version that it never uses; there it is loaded from a mended copy.
/// </summary>
internal static class NativeTorch
{
    private const string Library = "LibTorchSharp";
    private const string RefusedVersion = "GLIBCXX_3.4.32";

    private static readonly object Gate = new();
    private static bool? _isLoaded;
    private static string? _fault;

    /// <param name="spinCount">How long idle threads wait actively; heard by the first call only.</param>
    /// <exception cref="InvalidOperationException">The application has no native libtorch package.</exception>
    public static void EnsureLoaded(int spinCount = 10_000)
    {
        lock (Gate) _isLoaded ??= TryLoad(spinCount);
        if (_isLoaded == true) return;
        throw new InvalidOperationException(_fault
            ?? $"Native libtorch library: expected one for {RuntimeInformation.RuntimeIdentifier}, got none. Add a reference to the NuGet package TorchSharp-cpu 0.107.0 (all platforms)"
            + $" or {PlatformPackage} 2.10.0 (this one); scoring a trained model needs neither.");
    }

    private static string PlatformPackage => OperatingSystem.IsWindows() ? "libtorch-cpu-win-x64" : OperatingSystem.IsMacOS() ? "libtorch-cpu-osx-arm64" : "libtorch-cpu-linux-x64";

    // The event fires only where normal loading has failed: nothing changes where the library loads as it is.
    [ModuleInitializer]
    internal static void Install()
    {
        if (!OperatingSystem.IsLinux()) return;
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += (_, name) => name == Library && OperatingSystem.IsLinux() ? LoadMended() : 0;
    }

    private static bool TryLoad(int spinCount)
    {
        LimitSpinning(spinCount);
        // As TorchSharp does, but without its page of console output when there is no library.
        return (NativeLibrary.TryLoad("torch_cuda", typeof(torch).Assembly, null, out _) | NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out _))
            & NativeLibrary.TryLoad(Library, typeof(torch).Assembly, null, out _);
    }

    /// <summary>
    /// Idle OpenMP threads spin, by default for so long that two of them beside other work train slower than one. The variable is read
    /// when the library is loaded, by native code, which .NET's own setter does not reach.
    /// </summary>
    private static void LimitSpinning(int spinCount)
    {
        if (OperatingSystem.IsLinux()) _ = SetEnvironmentVariable("GOMP_SPINCOUNT", spinCount.ToString(System.Globalization.CultureInfo.InvariantCulture), overwrite: 0);
    }

    [SupportedOSPlatform("linux")]
    private static nint LoadMended()
    {
        foreach (string directory in Directories())
        {
            string original = Path.Combine(directory, $"lib{Library}.so");
            if (!File.Exists(original)) continue;
            byte[] image = File.ReadAllBytes(original);
            if (!ElfVersions.Weaken(image, RefusedVersion)) continue;
            // The copy lies elsewhere, so its neighbours are loaded first.
            bool hasLibtorch = NativeLibrary.TryLoad(Path.Combine(directory, "libtorch.so"), out _) || NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out _);
            if (LibraryInMemory.Load(image) is var handle && handle != 0) return handle;
            // An old kernel, or one that forbids programs in memory. A temporary directory may forbid them, too; then the application's own may do.
            string[] places = [Path.GetTempPath(), AppContext.BaseDirectory];
            foreach (string place in places)
                if (LoadCopy(image, place) is var copy && copy != 0) return copy;
            if (hasLibtorch) _fault = $"Native libtorch library: expected to load a copy of {original} that needs no newer C++ library, got a refusal from memory and from the directories {string.Join(" and ", places)}. "
                + "Make one of them writable and executable (TMPDIR names the first), or use a system whose C++ library is of GCC 13 or later.";
        }
        return 0;
    }

    [SupportedOSPlatform("linux")]
    private static nint LoadCopy(byte[] image, string place)
    {
        string directory = Path.Combine(place, $"mlnetrnn-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            string copy = Path.Combine(directory, $"lib{Library}.so");
            File.WriteAllBytes(copy, image);
            bool loaded = NativeLibrary.TryLoad(copy, out nint handle);
            Directory.Delete(directory, recursive: true);       // a loaded library needs its file no longer
            return loaded ? handle : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static IEnumerable<string> Directories()
    {
        string[] roots = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? ""];
        string[] search = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return roots.Where(root => root.Length > 0)
            .SelectMany(root => new[] { Path.Combine(root, "runtimes", "linux-x64", "native"), root })
            .Concat(search)
            .Distinct();
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetEnvironmentVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
