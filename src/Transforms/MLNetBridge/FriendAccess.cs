using System.Runtime.CompilerServices;
using Microsoft.ML;
using MlNetRnn;
using MlNetRnn.MLNetBridge;

// The types of ML.NET that are required to save a model (ModelSaveContext, LoadableClass …) are internal. These attributes make the runtime accept their use in
// this folder, and in no other; docs/architecture.md explains why, and a test pins the list of members.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

// By these attributes, `new MLContext().Model.Load(path)` finds the loaders without registration by the user.
[assembly: LoadableClass(typeof(ITransformer), typeof(ModelLoader<RnnTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.LoaderName)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(ModelLoader<RnnTokenizingTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.TokenizerLoaderName)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(ModelLoader<RnnLanguageModelTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.LanguageModelLoaderName)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(ModelLoader<RnnTextGenerationTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.TextGenerationLoaderName)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(ModelLoader<RnnTranslationTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.TranslationLoaderName)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(ModelLoader<RnnCaptioningTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.CaptioningLoaderName)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(ModelLoader<RnnEnsembleTransformer>), null, typeof(SignatureLoadModel), "", ModelParts.EnsembleLoaderName)]

namespace System.Runtime.CompilerServices;

/// <summary>An attribute that the runtime recognizes by its name. No public assembly defines it.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName => assemblyName;
}
