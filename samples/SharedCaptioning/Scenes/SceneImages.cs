using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The features of scenes, for each way of reading an image.</summary>
/// <param name="scenes">The scenes.</param>
/// <param name="features">The features of each scene.</param>
internal sealed class SceneImages(Scene[] scenes, SceneImages.SceneFeatures[] features)
{
    private const int RandomBoxes = 4;

    public Scene[] Scenes => scenes;

    /// <summary>Draws scenes, and computes their features with the CNN.</summary>
    public static SceneImages Draw(MLContext ml, int count, int seed)
    {
        Scene[] scenes = Scene.Draw(count, seed);
        IDataView rows = ml.Data.LoadFromEnumerable(scenes.Select(scene => new ScenePicture { Image = scene.ToImage() }));
        IDataView features = ml.Transforms.RnnImageFeatures().Fit(rows).Transform(rows);
        return new SceneImages(scenes, [.. ml.Data.CreateEnumerable<SceneFeatures>(features, reuseRowObject: false, ignoreMissingColumns: true)]);
    }

    /// <summary>Returns what a model reads of each scene.</summary>
    public CaptionedImage[] As(RegionReading reading) =>
        [.. scenes.Select((scene, i) => new CaptionedImage($"scene {i + 1}", Numbers(i, reading), Boxes(scene, reading), scene.Captions))];

    /// <summary>Returns the boxes of a scene: those of the shapes, and some random ones, as a detector of objects would return.</summary>
    public static float[] Boxes(Scene scene)
    {
        var random = new Random(scene.Seed);
        var boxes = new List<RnnRegionBox> { scene.First.Box, scene.Second.Box };
        for (int i = 0; i < RandomBoxes; i++)
        {
            (float width, float height) = (0.2f + 0.5f * random.NextSingle(), 0.2f + 0.5f * random.NextSingle());
            boxes.Add(new RnnRegionBox((1 - width) * random.NextSingle(), (1 - height) * random.NextSingle(), width, height));
        }
        RnnRegionBox[] shuffled = [.. boxes];
        random.Shuffle(shuffled);
        return CaptionedImage.ToNumbers(shuffled);
    }

    private float[] Numbers(int scene, RegionReading reading) => reading switch
    {
        RegionReading.None => features[scene].ImageVector,
        RegionReading.Proposals => RegionPooling.Pool(features[scene].ImageGrid, Boxes(scenes[scene])),
        _ => features[scene].ImageGrid,
    };

    private static float[] Boxes(Scene scene, RegionReading reading) => reading == RegionReading.Proposals ? Boxes(scene) : [];

    private sealed class ScenePicture
    {
        [ImageType(Scene.Side, Scene.Side)]
        public MLImage? Image { get; set; }
    }

    /// <summary>The output of the CNN.</summary>
    internal sealed class SceneFeatures
    {
        public float[] ImageVector { get; set; } = [];

        public float[] ImageGrid { get; set; } = [];
    }
}
