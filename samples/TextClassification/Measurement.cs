using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>How good and how fast a model is on the test rows.</summary>
internal static class Measurement
{
    public static IEnumerable<(string Name, double Value)> Of(MLContext ml, TextTask task, Learned learned, Examples examples)
    {
        if (task == TextTask.Binary)
        {
            CalibratedBinaryClassificationMetrics binary = ml.BinaryClassification.Evaluate(learned.Rnn.Transform(examples.Test), nameof(Example.IsTrue));
            return [("Accuracy", binary.Accuracy), ("AreaUnderRocCurve", binary.AreaUnderRocCurve), ("LogLoss", binary.LogLoss * Math.Log(2))];      // ML.NET counts in bits here
        }
        if (task == TextTask.Regression)
        {
            RegressionMetrics number = ml.Regression.Evaluate(learned.Rnn.Transform(examples.Test), nameof(Example.Number));
            return [("RSquared", number.RSquared), ("RootMeanSquaredError", number.RootMeanSquaredError)];
        }
        IDataView scored = learned.Rnn.Transform(examples.Keys().Transform(examples.Test));
        // Rows whose label the model cannot know are mistakes; ML.NET's evaluator leaves them out.
        uint[] labels = [.. scored.GetColumn<uint>("Key")];
        double known = (double)labels.Count(label => label > 0) / Math.Max(labels.Length, 1);
        if (known == 0) throw new FileException("test: expected at least one row with a label of the training file, got none");
        MulticlassClassificationMetrics classes = ml.MulticlassClassification.Evaluate(scored, "Key");
        return [("MicroAccuracy", classes.MicroAccuracy * known), ("MacroAccuracy", classes.MacroAccuracy), ("LogLoss", classes.LogLoss)];
    }

    public static double RowsPerSecond(Learned learned, Examples examples)
    {
        var texts = examples.Test.GetColumn<string>(nameof(Example.Text)).Select(text => new TextToScore { Text = text }).ToArray();
        IDataView scored = learned.Chain.Transform(new MLContext().Data.LoadFromEnumerable(texts));
        var watch = Stopwatch.StartNew();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[Examples.Answer]]);
        Action read = scored.Schema[Examples.Answer].Type is TextDataViewType ? Reader<ReadOnlyMemory<char>>(cursor) : Reader<float>(cursor);
        int rows = 0;
        for (; cursor.MoveNext(); rows++) read();
        return rows / watch.Elapsed.TotalSeconds;
    }

    private static Action Reader<T>(DataViewRow row)
    {
        ValueGetter<T> get = row.GetGetter<T>(row.Schema[Examples.Answer]);
        T value = default!;
        return () => get(ref value);
    }
}
