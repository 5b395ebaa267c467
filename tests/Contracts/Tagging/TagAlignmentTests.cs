using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Each tag belongs to its token, also in rows that are too long or that have another number of tags.</summary>
public class TagAlignmentTests : TaggedSentences
{
    [Fact]
    public void Tags_are_predicted_at_their_tokens()
    {
        foreach (RnnTagDependency dependency in Enum.GetValues<RnnTagDependency>())
        {
            IDataView data = Data(Sentences);
            IDataView scored = Fit(Tiny with { Network = Tiny.Network with { Dependency = dependency } }, data).Transform(data);
            Assert.Equal(["B-PER O O B-LOC", "O O O", "B-PER I-PER O B-LOC", "O B-LOC O B-PER I-PER"], Tags(scored));
            VBuffer<float>[] scores = [.. scored.GetColumn<VBuffer<float>>("Score")];
            Assert.Equal([4, 3, 4, 5], scores.Select(row => row.Length));
            Assert.All(scores, row => Assert.All(row.DenseValues(), score => Assert.InRange(score, 0.5f, 1)));
        }
    }

    [Fact]
    public void Steps_beyond_the_maximum_length_have_missing_tags()
    {
        IDataView data = Data(Sentences);
        IDataView scored = Fit(Tiny with
        {
            Text = new RnnTextOptions { MaximumLength = 3 },
            TopTagsColumnName = "Top",
            TopTags = 2,
            AlternativesColumnName = "Others",
            Alternatives = 2,
        }, data).Transform(data);
        Assert.Equal("1 2 2 0", string.Join(' ', scored.GetColumn<VBuffer<uint>>("PredictedLabel").First().DenseValues()));
        Assert.Equal(0, scored.GetColumn<VBuffer<float>>("Score").First().GetItemOrDefault(3));
        Assert.Equal([8, 6, 8, 10], scored.GetColumn<VBuffer<uint>>("Top").Select(keys => keys.Length));
        Assert.Equal([8, 6, 8, 10], scored.GetColumn<VBuffer<uint>>("Others").Select(keys => keys.Length));
    }

    [Fact]
    public void A_row_without_steps_has_no_tags()
    {
        IDataView scored = Fit(Tiny, Data(Sentences)).Transform(_ml.LoadRows(new Row { Tokens = [] }));
        Assert.Equal(0, scored.GetColumn<VBuffer<uint>>("PredictedLabel").Single().Length);
        Assert.Equal(0, scored.GetColumn<VBuffer<float>>("Score").Single().Length);
    }

    [Fact]
    public void Rows_with_another_number_of_tags_are_refused_together()
    {
        IDataView data = _ml.LoadRows(
            new Row { Tokens = ["a", "b"], Label = ["X", "Y"] },
            new Row { Tokens = ["a", "b", "c"], Label = ["X", "Y"] },
            new Row { Tokens = ["a"], Label = ["X", "Y"] });
        string message = Assert.Throws<InvalidOperationException>(() => Fit(Tiny, data)).Message;
        Assert.Equal("The training data: expected one value per step, got 2 rows with a different number: row 1 has 3 steps and 2 values in 'Label'; "
            + "row 2 has 1 steps and 2 values in 'Label'. Correct the rows, or skip them with OnLengthMismatch = Skip.", message);
    }

    [Fact]
    public void Skip_leaves_such_rows_out_and_the_log_counts_them()
    {
        List<string> log = _ml.RecordLog();
        Row good = new() { Tokens = ["a", "b"], Label = ["X", "Y"] }, tooLong = new() { Tokens = ["a"], Label = ["X", "Y", "Z"] };
        Row empty = new() { Tokens = [], Label = [] }, untagged = new() { Tokens = ["a"], Label = [""] };
        RnnTransformer model = Fit(Tiny with { OnLengthMismatch = RnnOnLengthMismatch.Skip }, _ml.LoadRows(good, tooLong, good, empty, untagged));
        Assert.Contains("training data: skipped 1 rows without one value per step: row 1 has 1 steps and 3 values in 'Label'", log);
        Assert.Contains("training data: skipped 2 rows with a missing label", log);
        Assert.Contains("training data: 2 rows, 4 tokens", log);
        Assert.Equal(["X Y", "X Y"], Tags(model.Transform(_ml.LoadRows(good, good))));
    }
}
