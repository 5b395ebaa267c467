using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Input columns of numeric frames.</summary>
public class FrameInputTests : TopicMessages
{
    private static readonly RnnTextClassificationOptions Framed = Options with { InputColumnName = "Frames", FrameSize = 3 };

    [Fact]
    public void Training_skips_rows_with_an_incomplete_frame_and_the_log_counts_them()
    {
        List<string> log = _ml.RecordLog();
        Trainer(Framed).Fit(Frames(13));
        Assert.Contains(log, line => line.Contains("30 rows do not contain a whole number of frames"));
    }

    [Fact]
    public void Scoring_fills_an_incomplete_frame_with_missing_values()
    {
        RnnTransformer model = Trainer(Framed).Fit(Frames(12));
        Assert.Equal(1, Rows.Accuracy(model.Transform(Frames(12))));
        Assert.Equal("Classification into 3 classes of 'Frames' (frames of 3 numbers)", model.ToString());

        float[] numbers = [.. Enumerable.Range(0, 13).Select(k => (float)k)];
        Assert.Equal(Score([.. numbers, float.NaN, float.NaN]), Score(numbers));
        Assert.NotEqual(Score(numbers[..12]), Score(numbers));

        string Score(float[] frames) => Rows.Of(model.Transform(_ml.LoadRows(new FramesRow { Frames = frames })), "Score")[0];
    }

    [Fact]
    public void A_fixed_size_that_is_not_a_multiple_of_FrameSize_is_refused()
    {
        IDataView rows = _ml.LoadRows(30, i => new NumbersRow { Label = Topics[i % 3], A = i, B = -i });
        IDataView fixedSize = _ml.MapToKeys(_ml.Transforms.Concatenate("Frames", "A", "B").Fit(rows).Transform(rows));
        AssertThrows.With<ArgumentOutOfRangeException>(() => Trainer(Framed).Fit(fixedSize),
            "expected whole frames of 3 numbers (FrameSize), got a vector of 2");
    }

    [Fact]
    public void Numbers_without_FrameSize_are_refused() =>
        AssertThrows.With<ArgumentOutOfRangeException>(() => Trainer(Framed with { FrameSize = 0 }).Fit(Frames(12)), "set FrameSize");

    private IDataView Frames(int numbers) => _ml.MapToKeys(_ml.LoadRows(30, i => new FramesRow
    {
        Label = Topics[i % 3],
        Frames = [.. Enumerable.Range(0, numbers).Select(k => 10f * (i % 3) + k % 3)],
    }));

    private sealed class FramesRow
    {
        public string Label { get; set; } = "";

        public float[] Frames { get; set; } = [];
    }

    private sealed class NumbersRow
    {
        public string Label { get; set; } = "";

        public float A { get; set; }

        public float B { get; set; }
    }
}
