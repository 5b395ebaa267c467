using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>The user's rows.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To choose the best epoch by; null to leave that to the trainer, which holds a tenth out.</param>
/// <param name="Test">To measure on.</param>
/// <param name="MeasuredOn">What the rows to measure on are.</param>
internal sealed record TaggedData(IDataView Train, IDataView? Validation, IDataView Test, string MeasuredOn)
{
    /// <exception cref="FileException">A file cannot be used.</exception>
    /// <exception cref="FormatException">A line of a file cannot be used.</exception>
    public static TaggedData Read(MLContext ml, TaggedFormat format, FileInfo trainFile, FileInfo? validationFile, FileInfo? testFile)
    {
        // Every file is looked through once before anything is learned: a fault in its last line is told now.
        (IDataView train, string[][] trainTags) = LookThrough(trainFile);
        var known = trainTags.SelectMany(tags => tags).ToHashSet();
        if (known.Count < 2) throw new FileException($"{trainFile}: expected at least two different tags, got {known.Count}{(known.Count == 1 ? $" ('{known.First()}')" : "")}. Is --tag-column right?");
        IDataView? validation = Other(validationFile), test = Other(testFile);
        if (test is not null) return new TaggedData(train, validation, test, $"{testFile}");
        if (validation is not null) return new TaggedData(train, validation, validation, $"{validationFile}, by which the best epoch was chosen (no --test)");
        DataOperationsCatalog.TrainTestData split = HeldOut.Tenth(ml, train, trainTags.Length, format.Rows, trainFile.ToString());
        return new TaggedData(split.TrainSet, split.TestSet, split.TestSet, $"a tenth of the {format.Rows} of {trainFile}, held out, by which the best epoch was chosen (no --test, no --validation)");

        (IDataView Rows, string[][] Tags) LookThrough(FileInfo file)
        {
            IDataView rows = format.Load(ml, file.ToString());
            string[][] tags = [.. rows.GetColumn<string[]>(format.LabelColumn)];
            return tags.Length > 0 ? (rows, tags) : throw new FileException($"{file}: expected {format.Rows}, got none");
        }

        IDataView? Other(FileInfo? file)
        {
            if (file is null) return null;
            (IDataView rows, string[][] tags) = LookThrough(file);
            string[] strangers = [.. tags.SelectMany(row => row).Where(tag => !known.Contains(tag))];
            if (strangers.Length > 0) Console.WriteLine($"warning: {file}: {strangers.Length} steps have a tag that {trainFile} lacks ({string.Join(", ", strangers.Distinct().Take(5))}); in a test each counts as a mistake");
            return rows;
        }
    }
}
