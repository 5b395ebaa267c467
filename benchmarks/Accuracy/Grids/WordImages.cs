using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Accuracy.Tagging;

namespace MlNetRnn.Accuracy.Grids;

/// <summary>
/// Handwritten words as one image each: 16 rows and 8 columns per letter. A segmentation finds the letter of each pixel; that of the most pixels of an image of
/// a letter is the prediction, beside the tagger that reads each letter as a frame.
/// </summary>
internal static class WordImages
{
    /// <summary>The name of the set.</summary>
    public const string Name = "ocr-words";

    public const string Header = "| model | seed | letters right, test | training s | epochs | scoring letters/s |\n|---|---|---|---|---|---|";

    private const int Height = 16, LetterWidth = 8;

    /// <summary>Trains and measures.</summary>
    public static string Run(DirectoryInfo root, int seed, int threads, string[] with)
    {
        var ml = new MLContext(seed);
        TaggedSet set = TaggedFrames.Letters(root);
        int epochs = 0;
        var options = new RnnGridSegmentationOptions
        {
            InputColumnName = nameof(WordImage.Pixels),
            SizeColumnName = nameof(WordImage.Size),
            LabelColumnName = nameof(WordImage.Cells),
            // The letters of the test part look like those of the training part; a tenth of the training words chooses the best epoch.
            Network = new RnnGridNetworkOptions { HiddenSize = 48, PatchHeight = 4, PatchWidth = 4, Subsampling = 1, Dropout = 0.3f },
            Training = new RnnTrainingOptions { MaxEpochs = 30, Patience = 30, Schedule = RnnLearningRateSchedule.Linear },
        };
        options = ChangedOptions.Apply(options, with);
        options = options with
        {
            Training = options.Training with { Seed = seed, Threads = threads, Progress = new EndOfEpoch(p => epochs = p.Epoch) },
        };
        var watch = Stopwatch.StartNew();
        RnnTransformer model = ml.MulticlassClassification.Trainers.RnnGridSegmentation(options).Fit(Rows(ml, set.Train));
        double seconds = watch.Elapsed.TotalSeconds;
        watch.Restart();
        IDataView scored = model.Transform(Rows(ml, set.Test));
        IDataView named = ml.Transforms.Conversion.MapKeyToValue(nameof(Found.Letters), "PredictedLabel").Fit(scored).Transform(scored);
        int right = 0, letters = 0;
        foreach ((Sentence word, Found found) in set.Test.Zip(ml.Data.CreateEnumerable<Found>(named, reuseRowObject: false)))
        {
            int width = word.Label.Length * LetterWidth;
            for (int t = 0; t < word.Label.Length; t++)
            {
                IEnumerable<string> cells = Enumerable.Range(0, Height * LetterWidth)
                    .Select(i => found.Letters[i / LetterWidth * width + t * LetterWidth + i % LetterWidth]);
                if (cells.GroupBy(letter => letter).MaxBy(group => group.Count())!.Key == word.Label[t]) right++;
            }
            letters += word.Label.Length;
        }
        string name = string.Join(", ", ["2-D network on the image of a word, ours", .. with]);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {seed} | {100.0 * right / letters:F2} | {seconds:F0} | {epochs} | {letters / watch.Elapsed.TotalSeconds:N0} |");
    }

    private static IDataView Rows(MLContext ml, IReadOnlyList<Sentence> words) => ml.Data.LoadFromEnumerable(words.Select(word =>
    {
        int width = word.Label.Length * LetterWidth;
        var image = new WordImage { Pixels = new float[Height * width], Cells = new string[Height * width], Size = [Height, width] };
        for (int i = 0; i < word.Frames.Length; i++)
        {
            (int letter, int bit) = (i / (Height * LetterWidth), i % (Height * LetterWidth));
            int cell = bit / LetterWidth * width + letter * LetterWidth + bit % LetterWidth;
            (image.Pixels[cell], image.Cells[cell]) = (word.Frames[i], word.Label[letter]);
        }
        return image;
    }).ToArray());

    private sealed class WordImage
    {
        public float[] Pixels { get; set; } = [];

        [VectorType(2)]
        public int[] Size { get; set; } = [];

        public string[] Cells { get; set; } = [];
    }

    private sealed class Found
    {
        public string[] Letters { get; set; } = [];
    }
}
