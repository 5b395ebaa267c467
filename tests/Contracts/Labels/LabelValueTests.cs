using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>C04: labels keep their type and their names, and the stock evaluators accept the outputs.</summary>
public class LabelValueTests : LabelCase
{
    [Fact]
    public void Text_labels_are_predicted_as_text() => AssertLabelsKeepTheirType<string, ReadOnlyMemory<char>>(["b", "a", "c"], value => value.ToString());

    [Fact]
    public void Int_labels_are_predicted_as_int() => AssertLabelsKeepTheirType<int, int>([5, -3, 11], value => value);

    [Fact]
    public void Float_labels_are_predicted_as_float() => AssertLabelsKeepTheirType<float, float>([0.5f, 4, -1], value => value);

    [Fact]
    public void Bool_labels_are_predicted_as_bool() => AssertLabelsKeepTheirType<bool, bool>([true, false], value => value);

    [Fact]
    public void The_stock_evaluator_reads_probabilities_and_class_names()
    {
        IDataView data = Data(["late", "double", "locked"]);
        IEstimator<ITransformer> pipeline = _ml.Transforms.Conversion.MapValueToKey("Label").Append(Trainer());
        IDataView scored = pipeline.Fit(data).Transform(data);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(scored, topKPredictionCount: 2);
        float[][] scores = Rows.Scores(scored, "Score");
        Assert.All(scores, row => Assert.Equal(1, row.Sum(), 1e-5));
        (float[] Scores, float OfLabel)[] rows = [.. scores.Zip(scored.GetColumn<uint>("Label"), (row, label) => (row, row[label - 1]))];
        Assert.Equal(rows.Average(row => -Math.Log(row.OfLabel)), metrics.LogLoss, 1e-4);
        double topTwo = rows.Average(row => row.Scores.Count(score => score > row.OfLabel) < 2 ? 1 : 0);
        Assert.Equal(topTwo, metrics.TopKAccuracy, 1e-9);
        Assert.Contains("double", metrics.ConfusionMatrix.GetFormattedConfusionTable());
        Assert.Equal(2, _ml.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 2).Count);
    }

    [Fact]
    public void The_stock_evaluator_reads_probabilities_of_true_and_false()
    {
        IDataView flags = Flags();
        RnnBinaryTextClassificationOptions options = RnnBinaryTextClassificationContract.Tiny with
        {
            Training = RnnBinaryTextClassificationContract.TinyTraining with { MaxEpochs = 20, ValidationFraction = 0.2 },
        };
        RnnBinaryTextClassificationTrainer trainer = _ml.BinaryClassification.Trainers.RnnTextClassification(options);
        IDataView scored = trainer.Fit(flags).Transform(flags);
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(scored);
        Assert.Equal(1, metrics.AreaUnderRocCurve);
        Assert.Equal(1, metrics.Accuracy);
        float[] scores = [.. scored.GetColumn<float>("Score")], probabilities = [.. scored.GetColumn<float>("Probability")];
        Assert.All(scores.Zip(probabilities), p => Assert.Equal(1 / (1 + Math.Exp(-p.First)), p.Second, 1e-5));
        Assert.Equal(2, _ml.BinaryClassification.CrossValidate(flags, trainer, numberOfFolds: 2).Count);
    }

    [Fact]
    public void The_stock_evaluator_reads_predicted_numbers()
    {
        IDataView flags = Flags();
        RnnTextRegressionOptions options = RnnTextRegressionContract.Tiny with
        {
            LabelColumnName = "Stars",
            Training = RnnTextRegressionContract.TinyTraining with { MaxEpochs = 60, LearningRate = 0.02f },
        };
        RnnTextRegressionTrainer trainer = _ml.Regression.Trainers.RnnTextRegression(options);
        IDataView scored = trainer.Fit(flags).Transform(flags);
        // The text distinguishes 0 from the other numbers, of which half are 1 and half are 2.
        Assert.Equal(0.75, _ml.Regression.Evaluate(scored, "Stars").RSquared, 0.1);
        Assert.Equal(2, _ml.Regression.CrossValidate(flags, trainer, numberOfFolds: 2, labelColumnName: "Stars").Count);
    }

    private IDataView Flags() =>
        _ml.LoadRows(60, i => new FlagRow { Label = i % 3 == 0, Text = i % 3 == 0 ? "late" : "double", Stars = i % 3 });

    private void AssertLabelsKeepTheirType<TLabel, TColumn>(TLabel[] labels, Func<TColumn, object> read)
    {
        IDataView data = Data(labels);
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Label").Append(Trainer())
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        IDataView scored = _ml.SaveAndLoad(model, data.Schema).Transform(data);
        Assert.Equal(typeof(TColumn), scored.Schema["PredictedLabel"].Type.RawType);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (object)labels[i % labels.Length]!), scored.GetColumn<TColumn>("PredictedLabel").Select(read));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(labels.Select(label => Convert.ToString(label, CultureInfo.InvariantCulture)), names.DenseValues().Select(name => name.ToString()));
    }

    private sealed class FlagRow
    {
        public bool Label { get; set; }

        public string Text { get; set; } = "";

        public float Stars { get; set; }
    }
}
