using Microsoft.ML;
using MlNetRnn.Samples.Captioning;

namespace MlNetRnn.Samples.Serving;

/// <summary>The built-in captioning model, and images for it: scenes of two colored shapes that the sample Captioning draws.</summary>
internal static class BuiltInScenes
{
    /// <summary>The number of scenes on which the model is measured, and of those that select the best epoch.</summary>
    public const int Measured = 50;

    private const RegionReading Reading = RegionReading.Grid;

    private const int Trained = 400, Examples = 4;

    /// <summary>Half of the batch of the sample: with fewer scenes, the number of steps matters more than their size.</summary>
    private static readonly RnnCaptioningOptions Options = SceneTraining.Options with
    {
        Training = SceneTraining.Options.Training with { BatchSize = 16, Seed = 1 },
    };

    /// <summary>Trains the model.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="file">The file for the model.</param>
    /// <returns>The share of captions that are exact, of scenes that the model was not trained on.</returns>
    public static double Train(MLContext ml, IProgress<RnnTrainingProgress> progress, string file)
    {
        RnnCaptioningTransformer model = CaptionTraining.Fit(ml, Options.With(Reading), Draw(ml, Trained, 1), Draw(ml, Measured, 2), progress);
        SavedCaptioningModel.Save(ml, Reading, model, file);
        return CaptionMeasures.Of(ml, model, Draw(ml, Measured, 4)).ExactMatch;
    }

    /// <summary>Draws examples, which the model was not trained on, as PNG files.</summary>
    public static byte[][] DrawExamples() => [.. Scene.Draw(Examples, seed: 5).Select(scene => scene.ToPng())];

    private static CaptionedImage[] Draw(MLContext ml, int count, int seed) => SceneImages.Draw(ml, count, seed).As(Reading);
}
