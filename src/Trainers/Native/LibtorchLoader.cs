using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using TorchSharp;

namespace MlNetRnn.Native;

/// <summary>
/// Loads libtorch. On Linux systems whose C++ library is older than that of GCC 13 (Debian 12, Ubuntu 22.04, RHEL 9), the loader rejects the native library of
/// TorchSharp because of one symbol version that the library never uses. There, a patched copy is loaded.
/// </summary>
internal static class LibtorchLoader
{
    private const string Library = "LibTorchSharp";
    private const string RejectedVersion = "GLIBCXX_3.4.32";

    private static readonly object Gate = new();
    private static bool? _isLoaded;
    private static string? _fault;

    /// <summary>Loads libtorch at the first call.</summary>
    /// <param name="spinCount">Number of loop iterations for which idle threads wait actively. Only the first call sets it.</param>
    /// <exception cref="InvalidOperationException">The application has no native libtorch package.</exception>
    public static void EnsureLoaded(int spinCount = 10_000)
    {
        lock (Gate) _isLoaded ??= LoadAll(spinCount);
        if (_isLoaded == true) return;
        throw new InvalidOperationException(_fault
            ?? $"Native libtorch library: expected one for {RuntimeInformation.RuntimeIdentifier}, got none. "
            + $"Add a reference to the NuGet package TorchSharp-cpu 0.107.0 (all platforms) or {PlatformPackage} 2.10.0 (this platform). "
            + "Scoring a trained model does not require it.");
    }

    private static string PlatformPackage =>
        OperatingSystem.IsWindows() ? "libtorch-cpu-win-x64" : OperatingSystem.IsMacOS() ? "libtorch-cpu-osx-arm64" : "libtorch-cpu-linux-x64";

    // The event is raised only after normal loading has failed, so nothing changes on systems where the library loads as it is.
    [ModuleInitializer]
    internal static void Install()
    {
        if (!OperatingSystem.IsLinux()) return;
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += (_, name) => name == Library && OperatingSystem.IsLinux() ? LoadPatched() : 0;
    }

    private static bool LoadAll(int spinCount)
    {
        LimitSpinning(spinCount);
        // As in TorchSharp, but without its console output when there is no library.
        return (TryLoad("torch_cuda") | TryLoad("torch_cpu")) & TryLoad(Library);
    }

    private static bool TryLoad(string library) => NativeLibrary.TryLoad(library, typeof(torch).Assembly, null, out _);

    /// <summary>
    /// Limits the active waiting of idle OpenMP threads. By default they spin for so long that training with two threads next to other work is slower than with
    /// one thread.
    /// </summary>
    private static void LimitSpinning(int spinCount)
    {
        // Native code reads the variable when the library is loaded. The setter of .NET does not change the native environment.
        if (OperatingSystem.IsLinux()) _ = SetEnvironmentVariable("GOMP_SPINCOUNT", spinCount.ToString(CultureInfo.InvariantCulture), overwrite: 0);
    }

    [SupportedOSPlatform("linux")]
    private static nint LoadPatched()
    {
        foreach (string directory in Directories())
        {
            string original = Path.Combine(directory, $"lib{Library}.so");
            if (!File.Exists(original)) continue;
            byte[] image = File.ReadAllBytes(original);
            if (!ElfVersions.Weaken(image, RejectedVersion)) continue;
            // The copy is in another directory, so the libraries next to the original are loaded first.
            bool hasLibtorch = NativeLibrary.TryLoad(Path.Combine(directory, "libtorch.so"), out _) || TryLoad("torch_cpu");
            if (LibraryInMemory.Load(image) is var handle && handle != 0) return handle;
            // The kernel is old or forbids executable memory. The temporary directory may forbid executables as well; the application's is the last choice.
            string[] places = [Path.GetTempPath(), AppContext.BaseDirectory];
            foreach (string place in places)
                if (LoadCopy(image, place) is var copy && copy != 0) return copy;
            if (hasLibtorch)
            {
                _fault = $"Native libtorch library: expected to load a copy of {original} that does not require a newer C++ library, "
                    + $"got an error when loading it from memory and from the directories {string.Join(" and ", places)}. "
                    + "Make one of them writable and executable (TMPDIR sets the first), or use a system with the C++ library of GCC 13 or later.";
            }
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
            Directory.Delete(directory, recursive: true);       // a loaded library no longer needs its file
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
        var listed = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string;
        string[] search = listed?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return roots.Where(root => root.Length > 0)
            .SelectMany(root => new[] { Path.Combine(root, "runtimes", "linux-x64", "native"), root })
            .Concat(search)
            .Distinct();
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetEnvironmentVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
