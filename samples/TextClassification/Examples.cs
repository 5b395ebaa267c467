using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>The user's rows: to learn from, to choose the best epoch by, and to measure on.</summary>
internal sealed record Examples(IDataView Train, IDataView Validation, IDataView Test)
{
    /// <exception cref="FileException">A line of a file cannot be used.</exception>
    public static Examples Read(MLContext ml, TextTask task, ExampleFile trainFile, ExampleFile? validationFile, ExampleFile? testFile)
    {
        // Every file is looked through once before anything is learned: a fault in its last line is told now.
        string[] trainLabels = Labels(trainFile);
        var labels = trainLabels.ToHashSet();
        task.See(labels, trainFile.Path);
        foreach (ExampleFile? file in new[] { validationFile, testFile })
            if (file is not null && Labels(file).Where(label => !labels.Contains(label)).ToArray() is { Length: > 0 } strangers) task.SeeStrangers(strangers, file.Path, trainFile.Path);

        IDataView View(ExampleFile file) => ml.Data.LoadFromEnumerable(file.Read());
        IDataView train = View(trainFile);
        if (validationFile is not null) return new Examples(train, View(validationFile), View(testFile ?? validationFile));
        DataOperationsCatalog.TrainTestData split = HeldOut.Tenth(ml, train, trainLabels.Length, "rows with a label", trainFile.Path);
        return new Examples(split.TrainSet, split.TestSet, testFile is null ? split.TestSet : View(testFile));
    }

    /// <summary>How many test rows a second a model answers, from their text.</summary>
    public double RowsPerSecond(MLContext ml, Learned learned)
    {
        TextToScore[] texts = [.. Test.GetColumn<string>(nameof(Example.Text)).Select(text => new TextToScore { Text = text })];
        IDataView scored = learned.Chain.Transform(ml.Data.LoadFromEnumerable(texts));
        var watch = Stopwatch.StartNew();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[TextTask.Answer]]);
        Action read = scored.Schema[TextTask.Answer].Type is TextDataViewType ? Reader<ReadOnlyMemory<char>>(cursor) : Reader<float>(cursor);
        int rows = 0;
        for (; cursor.MoveNext(); rows++) read();
        return rows / watch.Elapsed.TotalSeconds;
    }

    private static Action Reader<T>(DataViewRow row)
    {
        ValueGetter<T> get = row.GetGetter<T>(row.Schema[TextTask.Answer]);
        T value = default!;
        return () => get(ref value);
    }

    /// <summary>All labels of a file; tells how many rows have none.</summary>
    private static string[] Labels(ExampleFile file)
    {
        string[] labels = [.. file.Read().Select(example => example.Label)];
        if (labels.Length == 0) throw new FileException($"{file.Path}: expected at least one row with a label, got none");
        if (file.WithoutLabel > 0) Console.WriteLine($"warning: {file.Path}: left out {file.WithoutLabel} rows with an empty label");
        return labels;
    }
}
