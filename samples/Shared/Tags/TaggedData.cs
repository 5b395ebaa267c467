using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Tags;

/// <summary>The user's rows.</summary>
/// <param name="Train">The training rows.</param>
/// <param name="Validation">The rows that choose the best epoch; <see langword="null"/> if the trainer holds out a tenth.</param>
/// <param name="Test">The test rows.</param>
/// <param name="MeasuredOn">A description of the test rows.</param>
public sealed record TaggedData(IDataView Train, IDataView? Validation, IDataView Test, string MeasuredOn)
{
    /// <summary>Reads every file once before the training, so that an error in its last line is found now, and writes a summary of each.</summary>
    /// <exception cref="FileException">A file cannot be used.</exception>
    /// <exception cref="FormatException">A line of a file cannot be used.</exception>
    public static TaggedData Read(MLContext ml, TaggedFormat format, string[] trainFiles, string[] validationFiles, string[] testFiles)
    {
        string trainName = InputFiles.InWords(trainFiles);
        (IDataView train, int count, Dictionary<string, int> known) = Survey(ml, format, trainFiles);
        if (known.Count < 2)
            throw new FileException($"{trainName}: expected at least two different tags, got {known.Count} ({OneLine.First(known.Keys)}). Check --tag-column.");
        IDataView? validation = Other(validationFiles), test = Other(testFiles);
        if (test is not null) return new TaggedData(train, validation, test, InputFiles.InWords(testFiles));
        if (validation is not null)
            return new TaggedData(train, validation, validation, $"{InputFiles.InWords(validationFiles)}, which also chose the best epoch (no --test)");
        DataOperationsCatalog.TrainTestData split = HeldOut.Tenth(ml, train, count, format.Rows, trainName);
        string heldOut = $"a tenth of the {format.Rows} of {trainName}, held out, which also chose the best epoch (no --test, no --validation)";
        return new TaggedData(split.TrainSet, split.TestSet, split.TestSet, heldOut);

        IDataView? Other(string[] files)
        {
            if (files.Length == 0) return null;
            (IDataView rows, _, Dictionary<string, int> tags) = Survey(ml, format, files);
            KeyValuePair<string, int>[] unseen = [.. tags.Where(tag => !known.ContainsKey(tag.Key))];
            string name = InputFiles.InWords(files), names = OneLine.First(unseen.Select(tag => tag.Key));
            if (unseen.Length == tags.Count)
            {
                throw new FileException($"{name}: expected at least one tag of {trainName} ({OneLine.First(known.Keys)}), got only others ({names}). "
                    + "Check --tag-column, and whether the files belong together.");
            }
            string steps = OneLine.Count(unseen.Sum(tag => tag.Value), format.Steps);
            if (unseen.Length > 0)
                Console.WriteLine($"warning: {name}: {steps} with a tag that {trainName} does not have ({names}); in a test each counts as an error");
            return rows;
        }
    }

    private static (IDataView Rows, int Count, Dictionary<string, int> Tags) Survey(MLContext ml, TaggedFormat format, string[] files)
    {
        string name = InputFiles.InWords(files);
        IDataView rows = format.Load(ml, files);
        (int count, var tags) = (0, new Dictionary<string, int>());
        foreach (string[] row in rows.GetColumn<string[]>(format.LabelColumn))
        {
            count++;
            foreach (string tag in row) tags[tag] = tags.GetValueOrDefault(tag) + 1;
        }
        if (count == 0)
            throw new FileException($"{name}: expected at least one of the {format.Rows}, got none. Check the file; a pipe can be read only once: give it to "
                + "one option.");
        Console.WriteLine($"{name}: {OneLine.Count(count, format.Rows)}, {OneLine.Count(tags.Values.Sum(), format.Steps)}: {OneLine.Counts(tags)}");
        format.Warn(rows, name);
        return (rows, count, tags);
    }
}
