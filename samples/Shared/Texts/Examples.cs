using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Texts;

/// <summary>The user's rows for training, validation and test.</summary>
public sealed record Examples(IDataView Train, IDataView Validation, IDataView Test)
{
    /// <summary>Reads every file once before the training, so that an error in its last line is found now, and writes a summary of each.</summary>
    /// <exception cref="FileException">A line of a file cannot be used.</exception>
    public static Examples Read(MLContext ml, TextTask task, ExampleFiles trainFiles, ExampleFiles? validationFiles, ExampleFiles? testFiles)
    {
        Dictionary<string, int> labels = trainFiles.CountLabels(out int rows, out IReadOnlySet<string> names);
        Console.WriteLine($"{trainFiles.Path}: {OneLine.Count(rows, "rows")}: {task.Summary(labels)}");
        task.CheckLabels(labels, trainFiles.Path);
        task.WarnOfRareLabels(labels.Where(label => !names.Contains(label.Key)), trainFiles.Path);
        foreach (ExampleFiles? other in new[] { validationFiles, testFiles })
        {
            if (other is null) continue;
            Dictionary<string, int> others = other.CountLabels(out int otherRows, out IReadOnlySet<string> otherNames);
            Console.WriteLine($"{other.Path}: {OneLine.Count(otherRows, "rows")}: {task.Summary(others)}");
            KeyValuePair<string, int>[] unseen = [.. others.Where(label => !labels.ContainsKey(label.Key) && !otherNames.Contains(label.Key))];
            if (unseen.Length > 0)
                task.CheckUnseenLabels(unseen, areAll: unseen.Length == others.Count - otherNames.Count, other.Path, trainFiles.Path, labels);
        }

        IDataView View(ExampleFiles file) => ml.Data.LoadFromEnumerable(file.Read());
        IDataView train = View(trainFiles);
        if (validationFiles is not null) return new Examples(train, View(validationFiles), View(testFiles ?? validationFiles));
        DataOperationsCatalog.TrainTestData split = HeldOut.Tenth(ml, train, rows, "rows with a label", trainFiles.Path);
        return new Examples(split.TrainSet, split.TestSet, testFiles is null ? split.TestSet : View(testFiles));
    }

    /// <summary>Measures the number of test rows that a model scores per second.</summary>
    public double RowsPerSecond(MLContext ml, Learned learned)
    {
        TextRow[] texts = [.. Test.GetColumn<string>(nameof(Example.Text)).Select(text => new TextRow { Text = text })];
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
}
