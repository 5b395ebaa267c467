using System.Runtime.CompilerServices;
using MlNetRnn.Native;

namespace MlNetRnn.Trainers.Tests;

/// <summary>Some tests use libtorch before any type of the library: it has to be loaded the library's way first.</summary>
internal static class TorchSetup
{
    [ModuleInitializer]
    internal static void Load() => NativeTorch.EnsureLoaded();
}
