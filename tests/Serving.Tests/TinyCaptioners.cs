using Microsoft.ML;
using MlNetRnn.Samples.Captioning;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Small captioning models of scenes, trained in seconds: their captions are not accurate, but always the same.</summary>
internal static class TinyCaptioners
{
    private const int Scenes = 12;

    private static readonly Dictionary<RegionReading, CaptionedImage[]> Images = [];

    /// <summary>Trains a model.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="reading">How the model reads an image.</param>
    /// <param name="file">The file for the model.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <returns>The file.</returns>
    public static string Train(MLContext ml, RegionReading reading, string file, int seed = 1)
    {
        SavedCaptioningModel.Save(ml, reading, Train(ml, reading, seed), file);
        return file;
    }

    /// <summary>Trains a model, without the steps that read an image.</summary>
    public static RnnCaptioningTransformer Train(MLContext ml, RegionReading reading, int seed = 1)
    {
        if (!Images.TryGetValue(reading, out CaptionedImage[]? images)) Images.Add(reading, images = SceneImages.Draw(ml, Scenes, seed: 6).As(reading));
        var options = SceneTraining.Options with
        {
            Network = new RnnCaptioningNetworkOptions { HiddenSize = 16, EmbeddingSize = 8, RegionVectorSize = 16, Dropout = 0 },
            Training = new RnnTrainingOptions { MaxEpochs = 3, BatchSize = 8, LearningRate = 0.02f, Seed = seed, Threads = 1 },
        };
        return CaptionTraining.Fit(ml, options.With(reading), images, images[..2], new EndsOfEpochs());
    }
}
