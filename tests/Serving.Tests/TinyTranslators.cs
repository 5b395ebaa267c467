using Microsoft.ML;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Small translation models, from digits to words, trained in seconds: their translations are not accurate, but always the same.</summary>
internal static class TinyTranslators
{
    private static readonly string[][] Words =
    [
        "zero one two three four five six seven eight nine".Split(' '), "null eins zwei drei vier fünf sechs sieben acht neun".Split(' '),
    ];

    /// <summary>The options of a model of one pair of languages.</summary>
    public static RnnTranslationOptions Options { get; } = new()
    {
        SourceColumnName = nameof(Digits.Source),
        TargetColumnName = nameof(Digits.Target),
        Unit = RnnLanguageUnit.Character,
        Metric = RnnTranslationMetric.LogProbability,
        MaximumLength = 40,
        Network = new RnnTranslationNetworkOptions { HiddenSize = 12, EmbeddingSize = 8, Dropout = 0 },
        Training = new RnnTrainingOptions { MaxEpochs = 2, BatchSize = 16, LearningRate = 0.02f, Seed = 1, Threads = 1 },
    };

    /// <summary>Trains a model.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="options">The options.</param>
    /// <param name="file">The file for the model.</param>
    /// <param name="inChain">Whether another transformer comes before the model.</param>
    /// <returns>The file.</returns>
    public static string Train(MLContext ml, RnnTranslationOptions options, string file, bool inChain = false)
    {
        IDataView pairs = ml.Data.LoadFromEnumerable(Pairs());
        RnnTranslationTrainer trainer = ml.Transforms.Text.RnnTranslation(options);
        ITransformer model = inChain ? ml.Transforms.CopyColumns("Copy", nameof(Digits.Target)).Append(trainer).Fit(pairs) : trainer.Fit(pairs);
        ml.Model.Save(model, pairs.Schema, file);
        return file;
    }

    private static IEnumerable<Digits> Pairs()
    {
        for (int i = 0; i < 160; i++)
        {
            int number = i * 37 % 1000, from = i / 2 % 2;
            string[] digits = [.. $"{number:D3}".Select(digit => $"{digit}")];
            yield return new Digits
            {
                Source = string.Join(from == 0 ? " " : "", digits),
                Target = string.Join(' ', digits.Select(digit => Words[i % 2][int.Parse(digit, null)])),
                From = from == 0 ? "spoken" : "written",
                To = i % 2 == 0 ? "English" : "Deutsch",
            };
        }
    }

    private sealed class Digits
    {
        public string Source { get; set; } = "";

        public string Target { get; set; } = "";

        public string From { get; set; } = "";

        public string To { get; set; } = "";
    }
}
