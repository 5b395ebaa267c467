using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Images.Pixels;
using MlNetRnn.Networks;

namespace MlNetRnn.Images.Features;

/// <summary>
/// The network of ML.NET's package for ResNet-18 (He et al., 2016), with the graph that prepares its input: from red, green, blue to blue, green, red, and
/// minus the mean image. Thread-safe; a process has one for each device. Each run reads one image on one thread.
/// </summary>
internal sealed class ResNet18
{
    /// <summary>The SHA-256 of both files, which are the same in all published versions of the package.</summary>
    public const string PreparationSha256 = "84BF8DEF78D0BEFAA3F6E73745D57D7016C6A192EAD76F79686BD438C1047004",
        NetworkSha256 = "E2552F19DB2DFDB01B3669537B6A0F1B44DA38D18279535492ED5DFC2EF1FF8F";

    private const string Original = "OriginalInput", Prepared = "PreprocessedInput", Input = "Input247";

    private static readonly long[] Shape = [1, PictureSize.Planes, PictureSize.Side, PictureSize.Side];
    private static readonly Dictionary<GpuRequest, ResNet18> Opened = [];

    private readonly RunOptions _runOptions = new();
    private readonly OnnxSession _preparation, _network;

    private ResNet18(string folder, GpuRequest gpu)
    {
        byte[] preparation = new NetworkFile(folder, Path.Combine("ResNetPrepOnnx", "ResNetPreprocess.onnx"), PreparationSha256).Read();
        byte[] network = new NetworkFile(folder, Path.Combine("ResNet18Onnx", "ResNet18.onnx"), NetworkSha256).Read();
        ImageFeature grid = ImageFeature.Grid;
        _preparation = new OnnxSession(preparation, default);
        _network = new OnnxSession(GraphOutput.Add(network, grid.Node, 1, grid.Channels, grid.Side, grid.Side), gpu);
    }

    /// <summary>The folder of ML.NET's network files.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "DnnImageModels");

    /// <summary>Returns the network of the application. The first call reads and verifies the files.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file differs from the published one.</exception>
    public static ResNet18 Of(GpuRequest gpu)
    {
        lock (Opened)
        {
            if (!Opened.TryGetValue(gpu, out ResNet18? network)) Opened[gpu] = network = From(DefaultFolder, gpu);
            return network;
        }
    }

    /// <summary>Returns the network of a folder.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file differs from the published one.</exception>
    public static ResNet18 From(string folder, GpuRequest gpu) => new(folder, gpu);

    /// <summary>Opens the sessions now instead of on first use.</summary>
    public void Open()
    {
        _preparation.Open();
        _network.Open();
    }

    /// <summary>Frees the native memory as soon as no run is in progress. The next run opens the sessions again.</summary>
    public void Close()
    {
        _preparation.Close();
        _network.Close();
    }

    /// <summary>Computes features of one image.</summary>
    /// <param name="pixels">Three planes of 224 × 224 numbers.</param>
    /// <param name="features">The features.</param>
    /// <param name="results">Receives the numbers of each of <paramref name="features"/>.</param>
    public void Run(float[] pixels, IReadOnlyList<ImageFeature> features, IReadOnlyList<float[]> results) => _preparation.Use(preparation =>
    {
        using OrtValue original = OrtValue.CreateTensorValueFromMemory(pixels, Shape);                                       // [1,3,224,224]
        using IDisposableReadOnlyCollection<OrtValue> prepared = preparation.Run(_runOptions, [Original], [original], [Prepared]);
        _network.Use(network =>
        {
            string[] nodes = [.. features.Select(feature => feature.Node)];
            using IDisposableReadOnlyCollection<OrtValue> outputs = network.Run(_runOptions, [Input], [prepared[0]], nodes);
            for (int i = 0; i < nodes.Length; i++) features[i].Copy(outputs[i].GetTensorDataAsSpan<float>(), results[i]);   // [1,C,S,S]
        });
    });
}
