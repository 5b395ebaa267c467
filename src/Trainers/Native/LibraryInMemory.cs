using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MlNetRnn.Native;

/// <summary>Loads a native library from memory. A container may have only read-only directories.</summary>
internal static class LibraryInMemory
{
    // Linux 6.3 and later expect the flag that allows executable memory; earlier kernels refuse it.
    private const uint CloseOnExecute = 1, Executable = 0x10;

    /// <summary>Loads a library.</summary>
    /// <param name="image">The bytes of the library.</param>
    /// <returns>The handle of the library; 0 if the system does not allow it.</returns>
    [SupportedOSPlatform("linux")]
    public static nint Load(byte[] image)
    {
        try
        {
            int descriptor = CreateMemoryFile("libLibTorchSharp.so", CloseOnExecute | Executable);
            if (descriptor < 0) descriptor = CreateMemoryFile("libLibTorchSharp.so", CloseOnExecute);
            if (descriptor < 0) return 0;
            // The loader maps the file, after which the descriptor is no longer needed.
            using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            RandomAccess.Write(handle, image, 0);
            return NativeLibrary.TryLoad($"/proc/self/fd/{descriptor}", out nint library) ? library : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EntryPointNotFoundException or DllNotFoundException)
        {
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    private static extern int CreateMemoryFile([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);
}
