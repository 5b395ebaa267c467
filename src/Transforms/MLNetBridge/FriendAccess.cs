using System.Runtime.CompilerServices;
using Microsoft.ML;
using MlNetRnn;
using MlNetRnn.MLNetBridge;

// ML.NET keeps what a saved model needs (ModelSaveContext, LoadableClass …) internal. These attributes make the runtime accept the
// accesses that this folder, and no other, compiles against; docs/architecture.md lists them and a test pins the list.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

// By these attributes `new MLContext().Model.Load(path)` finds the loaders, with no registration by the user.
[assembly: LoadableClass(typeof(ITransformer), typeof(ModelLoader<RnnTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.LoaderName)]
[assembly: LoadableClass(typeof(ITransformer), typeof(ModelLoader<RnnTokenizingTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.TokenizerLoaderName)]

namespace System.Runtime.CompilerServices;

/// <summary>Recognised by the runtime by its name; it is in no public assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName => assemblyName;
}
