using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MlNetRnn.Contracts;

/// <summary>Ordinal classes are keys in the order of their values.</summary>
public class OrdinalLabelTests : TopicMessages
{
    private static readonly RnnTextClassificationOptions Ordinal =
        Options with { OrdinalClasses = true, Training = Options.Training with { MaxEpochs = 100, LearningRate = 0.02f } };

    [Fact]
    public void Keys_in_order_are_learned()
    {
        IDataView rows = Ratings(), ordered = InOrder(rows);
        IDataView scored = Trainer(Ordinal).Fit(ordered).Transform(ordered);
        Assert.Equal(1, Rows.Accuracy(scored));
        Assert.All(Rows.Scores(scored, "Score"), row => Assert.Equal(1, row.Sum(), 1e-5));
    }

    [Fact]
    public void Keys_out_of_order_are_refused()
    {
        IDataView jumbled = _ml.MapToKeys(Ratings());
        AssertThrows.With<ArgumentOutOfRangeException>(() => Trainer(Ordinal).Fit(jumbled),
            "expected key values in ascending or descending order (OrdinalClasses), got 3, 1, 4, 2, 5");
    }

    [Fact]
    public void Numbers_that_were_sorted_as_text_are_refused()
    {
        IDataView asText = InOrder(Data(_ => "x", i => $"{i % 12}"));
        AssertThrows.With<ArgumentOutOfRangeException>(() => Trainer(Ordinal).Fit(asText),
            "got 0, 1, 10, 11, 2, 3, 4, 5, 6, 7. Convert the label to a number before MapValueToKey");
    }

    private IDataView Ratings() => Data(i => $"word{i % 5}", i => $"{(i * 3 + 2) % 5 + 1}");

    private IDataView InOrder(IDataView rows) =>
        _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(rows).Transform(rows);
}
