using System.Diagnostics;
using Microsoft.ML;
using MlNetRnn.Samples.Captions;
using SkiaSharp;
using Spectre.Console;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The same training with each way of reading an image: one vector, a grid, boxes, deformed cells of a grid.</summary>
internal sealed class ReadingComparison(MLContext ml, SceneImages train, SceneImages validation, SceneImages test)
{
    private static readonly Dictionary<RegionReading, string> Names = new()
    {
        [RegionReading.None] = "one vector, no attention",
        [RegionReading.Grid] = "attention over the grid",
        [RegionReading.Proposals] = "over boxes (proposals)",
        [RegionReading.Transformer] = "over deformed cells",
    };

    private readonly Dictionary<RegionReading, RnnCaptioningTransformer> _models = [];

    /// <summary>The trained models.</summary>
    public IReadOnlyDictionary<RegionReading, RnnCaptioningTransformer> Models => _models;

    /// <summary>Trains the models, and returns the table of results.</summary>
    public Table Run()
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("the decoder reads").NoWrap());
        foreach (string name in new[] { "exact", "BLEU-4", "CIDEr-D", "seconds" }) table.AddColumn(new TableColumn(name).RightAligned());
        foreach ((RegionReading reading, string name) in Names)
        {
            (CaptionedImage[] images, CaptionedImage[] held) = (train.As(reading), validation.As(reading));
            var watch = Stopwatch.StartNew();
            RnnCaptioningTransformer model = _models[reading] = CaptionTraining.Fit(ml, SceneTraining.Options.With(reading), images, held, new EndsOfEpochs());
            double seconds = watch.Elapsed.TotalSeconds;
            CaptionMeasures measures = CaptionMeasures.Of(ml, model, test.As(reading));
            Console.WriteLine($"{name}: trained in {TrainingRun.Number(seconds, "F0")} s");
            table.AddRow(
                name, $"{TrainingRun.Number(100 * measures.ExactMatch, "F0")}%", TrainingRun.Number(measures.Metrics.Bleu4, "F3"),
                TrainingRun.Number(measures.Metrics.CiderD, "F2"), TrainingRun.Number(seconds, "F1"));
        }
        return table;
    }

    /// <summary>Draws the attention of the models for a test scene, and returns the names of the pictures.</summary>
    /// <param name="scene">The index of the scene.</param>
    /// <param name="file">The image of the scene.</param>
    /// <param name="output">The folder for the pictures.</param>
    public IEnumerable<string> DrawAttention(int scene, string file, DirectoryInfo output)
    {
        using SKBitmap image = SKBitmap.Decode(file);
        foreach (RegionReading reading in new[] { RegionReading.Grid, RegionReading.Proposals, RegionReading.Transformer })
        {
            CaptionedImage read = test.As(reading)[scene];
            string name = $"attention-{reading.ToString().ToLowerInvariant()}.png";
            RnnCaption caption = ml.Rnn().CreateCaptioner(_models[reading]).Caption(read.Features, CaptionedImage.ToBoxes(read.Boxes));
            AttentionPicture.Draw(image, caption, Path.Combine(output.FullName, name));
            yield return name;
        }
    }
}
