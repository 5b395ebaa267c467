using Microsoft.ML;

namespace MlNetRnn.Samples.Translation;

/// <summary>The pairs of the user.</summary>
/// <param name="Train">The training pairs.</param>
/// <param name="Validation">The pairs that select the best epoch.</param>
/// <param name="Test">The pairs that are translated to measure the model.</param>
/// <param name="MeasuredOn">A description of the test pairs.</param>
internal sealed record PairData(IDataView Train, IDataView Validation, IDataView Test, string MeasuredOn)
{
    /// <summary>Reads every file once before the training, so that an error in its last line is found now, and writes a summary of each.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="train">The training pairs.</param>
    /// <param name="validation">The validation pairs; <see langword="null"/> if a tenth of the training pairs is held out.</param>
    /// <param name="test">The test pairs; <see langword="null"/> for the validation pairs.</param>
    /// <param name="isLowerCase">Whether all texts become lowercase.</param>
    /// <exception cref="FileException">A file cannot be used.</exception>
    /// <exception cref="FormatException">A line of a file cannot be used.</exception>
    public static PairData Read(MLContext ml, PairFile train, PairFile? validation, PairFile? test, bool isLowerCase)
    {
        Dictionary<string, int> languages = Survey(train, null);
        if (validation is not null) Survey(validation, languages.Keys);
        if (test is not null) Survey(test, languages.Keys);
        IDataView rows = View(train);
        if (validation is not null)
        {
            IDataView held = View(validation);
            return test is null
                ? new PairData(rows, held, held, $"{validation.Name}, which also chose the best epoch (no test pairs were given)")
                : new PairData(rows, held, View(test), test.Name);
        }
        DataOperationsCatalog.TrainTestData split = HeldOut.Tenth(ml, rows, languages.Values.Sum(), "pairs", train.Name);
        return test is null
            ? new PairData(split.TrainSet, split.TestSet, split.TestSet, $"a tenth of {train.Name}, held out, which also chose the best epoch")
            : new PairData(split.TrainSet, split.TestSet, View(test), test.Name);

        IDataView View(PairFile file) => ml.Data.LoadFromEnumerable(isLowerCase ? file.Read().Select(Lower) : file.Read());
    }

    private static Pair Lower(Pair pair) => new()
    {
        Source = pair.Source.ToLowerInvariant(),
        Target = pair.Target.ToLowerInvariant(),
        SourceLanguage = pair.SourceLanguage,
        TargetLanguage = pair.TargetLanguage,
    };

    /// <summary>Counts the pairs for each target language, which is an empty text for a model of one pair of languages.</summary>
    private static Dictionary<string, int> Survey(PairFile file, IReadOnlyCollection<string>? known)
    {
        Dictionary<string, int> languages = file.Read().CountBy(pair => pair.TargetLanguage).ToDictionary();
        if (languages.Count == 0) throw new FileException($"{file.Name}: expected at least one pair, got an empty file. Check the path.");
        string to = languages.ContainsKey("") ? "" : $", to {OneLine.Counts([.. languages])}";
        Console.WriteLine($"{file.Name}: {OneLine.Count(languages.Values.Sum(), "pairs")}{to}");
        string[] unseen = known is null ? [] : [.. languages.Keys.Except(known)];
        return unseen.Length == 0
            ? languages
            : throw new FileException($"{file.Name}: expected target languages of the training pairs ({string.Join(", ", known!)}), got "
                + $"{OneLine.First(unseen)}. Remove these pairs.");
    }
}
