using System.Runtime.CompilerServices;
using MlNetRnn.Native;

namespace MlNetRnn.Trainers.Tests;

/// <summary>Loads libtorch before the tests, because some tests use libtorch before any type of the library loads it.</summary>
internal static class TorchSetup
{
    [ModuleInitializer]
    internal static void Load() => LibtorchLoader.EnsureLoaded();
}
