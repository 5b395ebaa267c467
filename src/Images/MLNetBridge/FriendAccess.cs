using System.Runtime.CompilerServices;
using Microsoft.ML;
using MlNetRnn;
using MlNetRnn.Images;
using MlNetRnn.MLNetBridge;

// ML.NET finds the loader of a saved transformer by an internal attribute of the assembly that the model file names. This is the only internal of ML.NET that
// the assembly uses; docs/architecture.md explains the access.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(ModelLoader<RnnImageFeaturesTransformer>), null, typeof(SignatureLoadModel), "", ImageFeaturesSpec.LoaderName)]
