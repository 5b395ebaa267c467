using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Weights of rows and classes.</summary>
public class WeightTests : TopicMessages
{
    private static readonly RnnTextClassificationOptions WeightedRows = Options with { ExampleWeightColumnName = "Weight" };

    /// <summary>One text has two different labels, one of them more often.</summary>
    [Fact]
    public void Weights_decide_between_contradictory_rows()
    {
        IDataView data = Contradictions();
        Assert.Equal("often", Answer(Options));
        Assert.Equal("rare", Answer(WeightedRows));
        Assert.Equal("rare", Answer(ClassWeight("rare", 10)));
        IDataView balanced = Trainer(Options with { ClassWeighting = RnnClassWeighting.Balanced }).Fit(data).Transform(data);
        // Without balance, it would be 0.75. Large steps of a short training do not end exactly at the minimum.
        Assert.Equal(0.5, Rows.Scores(balanced, "Score")[0][0], 0.15);

        string Answer(RnnTextClassificationOptions options)
        {
            float[] scores = Rows.Scores(Trainer(options).Fit(data).Transform(data), "Score")[0];
            return scores[0] > scores[1] ? "often" : "rare";
        }
    }

    [Fact]
    public void A_weight_for_an_unknown_class_is_refused()
    {
        IDataView data = Contradictions();
        AssertThrows.With<ArgumentException>(() => Trainer(ClassWeight("rar", 10)).Fit(data), "ClassWeights: expected names of classes (often, rare), got rar");
    }

    [Fact]
    public void Rows_with_weight_0_are_skipped_and_the_log_counts_them()
    {
        List<string> log = _ml.RecordLog();
        Trainer(WeightedRows).Fit(Weighted(i => i < 5 ? 0 : 1));
        Assert.Contains(log, line => line.Contains("skipped 5 rows with weight 0"));
    }

    [Fact]
    public void Invalid_weights_are_refused()
    {
        AssertRefused(i => i == 7 ? -1 : 1, "Example weight in column 'Weight', row 7: expected a finite number, 0 or more, got -1");
        AssertRefused(_ => float.NaN, "got NaN");
        AssertRefused(_ => 0, "expected at least one row with a label, got none");

        void AssertRefused(Func<int, float> weight, string message) =>
            AssertThrows.With<InvalidOperationException>(() => Trainer(WeightedRows).Fit(Weighted(weight)), message);
    }

    private static RnnTextClassificationOptions ClassWeight(string label, float weight) =>
        Options with { ClassWeighting = RnnClassWeighting.Given, ClassWeights = new Dictionary<string, float> { [label] = weight } };

    private IDataView Contradictions() => _ml.MapToKeys(_ml.LoadRows(40, i =>
        new WeightedRow { Label = i % 4 == 3 ? "rare" : "often", Text = "the same", Weight = i % 4 == 3 ? 10 : 1 }));

    private IDataView Weighted(Func<int, float> weight) =>
        _ml.MapToKeys(_ml.LoadRows(20, i => new WeightedRow { Label = Topics[i % 2], Text = Topics[i % 2], Weight = weight(i) }));

    private sealed class WeightedRow
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";

        public float Weight { get; set; }
    }
}
