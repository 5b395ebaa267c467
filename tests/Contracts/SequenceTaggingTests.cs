using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Taggers by value: what goes wrong elsewhere (shifted tags, validation rows, long rows), and what each option does.</summary>
public class SequenceTaggingTests : TaggedSentences
{
    [Fact]
    public void Tags_stand_at_their_own_tokens()
    {
        foreach (RnnTagDependency dependency in Enum.GetValues<RnnTagDependency>())
        {
            IDataView data = Data(Sentences);
            IDataView scored = Fit(Tiny with { Network = Tiny.Network with { Dependency = dependency } }, data).Transform(data);
            Assert.Equal(["B-PER O O B-LOC", "O O O", "B-PER I-PER O B-LOC", "O B-LOC O B-PER I-PER"], Tags(scored));
            Assert.Equal([4, 3, 4, 5], scored.GetColumn<VBuffer<float>>("Score").Select(scores => scores.Length));
            Assert.All(scored.GetColumn<VBuffer<float>>("Score"), scores => Assert.All(scores.DenseValues(), score => Assert.InRange(score, 0.5f, 1)));
        }
    }

    [Fact]
    public void A_validation_set_may_have_tags_that_the_training_data_lacks()
    {
        IDataView data = Data(Sentences), validation = Data("Anna/B-PER went/O", "a/O b/B-ORG c/I-PER");
        var reports = new List<RnnTrainingProgress>();
        RnnTransformer model = Fit(Tiny with { Training = Tiny.Training with { MaxEpochs = 5, ValidationSet = validation, Progress = new Reports(reports.Add) } }, data);
        Assert.All(reports.Where(report => report.IsEndOfEpoch), report => Assert.True(report.MetricName == "span F1" && double.IsFinite(report.ValidationLoss!.Value)));
        Assert.Equal(["B-PER", "O", "B-LOC", "I-PER"], Names(model.Transform(data), "PredictedLabel"));
    }

    [Fact]
    public void Five_thousand_tokens_are_tagged_in_training_and_scoring()
    {
        string row = string.Join(' ', Enumerable.Range(0, 2500).Select(i => i % 7 == 0 ? "Oslo/B-LOC Berg/O" : "the/O train/O"));
        IDataView data = Data(row, Sentences[0]);
        RnnTransformer model = Fit(Tiny with { Training = Tiny.Training with { MaxEpochs = 3, BatchSize = 1 } }, data);
        Assert.Equal(5000, Tags(model.Transform(data))[0].Split(' ').Length);
    }

    [Fact]
    public void Rows_beyond_the_maximum_length_are_cut_with_their_labels_and_what_is_beyond_is_missing()
    {
        IDataView data = Data(Sentences);
        IDataView scored = Fit(Tiny with { Text = new RnnTextOptions { MaximumLength = 3 }, TopTagsColumnName = "Top", TopTags = 2, AlternativesColumnName = "Others", Alternatives = 2 }, data).Transform(data);
        Assert.Equal("1 2 2 0", string.Join(' ', scored.GetColumn<VBuffer<uint>>("PredictedLabel").First().DenseValues()));
        Assert.Equal(0, scored.GetColumn<VBuffer<float>>("Score").First().GetItemOrDefault(3));
        Assert.Equal([8, 6, 8, 10], scored.GetColumn<VBuffer<uint>>("Top").Select(keys => keys.Length));
        Assert.Equal([8, 6, 8, 10], scored.GetColumn<VBuffer<uint>>("Others").Select(keys => keys.Length));
        // A row without steps has no tags.
        IDataView empty = Fit(Tiny, data).Transform(_ml.Data.LoadFromEnumerable(new[] { new Row { Tokens = [] } }));
        Assert.Equal(0, empty.GetColumn<VBuffer<uint>>("PredictedLabel").Single().Length);
        Assert.Equal(0, empty.GetColumn<VBuffer<float>>("Score").Single().Length);
    }

    [Fact]
    public void Going_on_with_other_additional_columns_is_refused()
    {
        RnnTransformer model = Fit(Tiny with { Training = Tiny.Training with { MaxEpochs = 1 } }, Data(Sentences));
        var other = Tiny with { AdditionalColumns = [new RnnAdditionalColumnOptions { ColumnName = "Text" }] };
        Assert.Contains("AdditionalColumns", Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(other).ContinueFrom(model)).Message);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused_with_their_places_and_lengths()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(new[] { new Row { Tokens = ["a", "b"], Label = ["X", "Y"] }, new Row { Tokens = ["a", "b", "c"], Label = ["X", "Y"] }, new Row { Tokens = ["a"], Label = ["X", "Y"] } });
        string message = Assert.Throws<InvalidOperationException>(() => Fit(Tiny, data)).Message;
        const string Expected = "The training data: expected one value per step, got 2 rows with a different number: row 1 has 3 steps and 2 values in 'Label'; "
            + "row 2 has 1 steps and 2 values in 'Label'. Correct the rows, or skip them with OnLengthMismatch = Skip.";
        Assert.Equal(Expected, message);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_left_out_where_that_is_wanted_and_told()
    {
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.RawMessage);
        Row good = new() { Tokens = ["a", "b"], Label = ["X", "Y"] };
        IDataView some = _ml.Data.LoadFromEnumerable(new[] { good, new Row { Tokens = ["a"], Label = ["X", "Y", "Z"] }, good, new Row { Tokens = [], Label = [] }, new Row { Tokens = ["a"], Label = [""] } });
        RnnTransformer model = Fit(Tiny with { OnLengthMismatch = RnnOnLengthMismatch.Skip }, some);
        Assert.Contains("training data: skipped 1 rows without one value per step: row 1 has 1 steps and 3 values in 'Label'", log);
        Assert.Contains("training data: skipped 2 rows with a missing label", log);
        Assert.Contains("training data: 2 rows, 4 tokens", log);
        Assert.Equal(["X Y", "X Y"], Tags(model.Transform(_ml.Data.LoadFromEnumerable(new[] { good, good }))));
    }

    [Fact]
    public void Steps_without_a_tag_are_left_out_of_the_loss()
    {
        foreach (RnnTagDependency dependency in new[] { RnnTagDependency.None, RnnTagDependency.Crf, RnnTagDependency.PreviousTags })
        {
            IDataView data = _ml.Data.LoadFromEnumerable(new[] { new Row { Tokens = ["a", "b", "c"], Label = ["X", "", "Z"] }, new Row { Tokens = ["b", "a"], Label = ["Y", "X"] }, new Row { Tokens = ["c", "b"], Label = ["Z", "Y"] } });
            IDataView scored = Fit(Tiny with { Network = Tiny.Network with { Dependency = dependency }, Training = Tiny.Training with { MaxEpochs = 150 } }, data).Transform(data);
            Assert.Equal("Y X", Tags(scored)[1]);
            string[] first = Tags(scored)[0].Split(' ');
            Assert.Equal(("X", "Z"), (first[0], first[2]));
        }
    }

    [Fact]
    public void Training_data_that_breaks_the_rules_is_told_and_predictions_need_not_keep_them()
    {
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.RawMessage);
        IDataView data = Data("Anna/I-PER went/O", "the/O Oslo/I-LOC", "Anna/I-PER Berg/I-PER", "Oslo/I-LOC Oslo/B-LOC");
        IDataView scored = Fit(Tiny, data).Transform(data);
        Assert.Contains(log, line => line.Contains("breaks the rules of IOB2"));
        Assert.Equal("I-PER O", Tags(scored)[0]);
    }

    /// <summary>Also where its row is held out for validation: whichever it is, two of six are.</summary>
    [Fact]
    public void A_stray_tag_is_warned_of_with_its_count()
    {
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.RawMessage);
        IDataView data = Data("Anna/B-PER went/O", "the/O Oslo/B-LOC", "Anna/B-PER Berg/I-PER", "Oslo/B-LOC by/0", "in/O Oslo/B-LOC", "Berg/B-PER sits/0");
        Fit(Tiny with { Training = Tiny.Training with { ValidationFraction = 0.34f } }, data);
        Assert.Contains(log, line => line.Contains("The tag '0' (2 times in the training and validation data) is not in the scheme of the others"));
    }

    /// <summary>Tags that only look like a scheme.</summary>
    [Fact]
    public void Tags_that_resemble_a_scheme_are_warned_of()
    {
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.RawMessage);
        Fit(Tiny, Data("Anna/B.PER Berg/I.PER went/O", "the/O Oslo/B.PER"));
        Assert.Contains(log, line => line.Contains("The tags 'B.PER' and 'I.PER' look as if they mark spans"));
    }

    [Fact]
    public void Training_goes_on_from_a_model_with_new_words_and_letters()
    {
        IDataView data = Data(Sentences), more = Data([.. Sentences, "Ümit/B-PER flew/O to/O Żory/B-LOC"]);
        RnnTransformer first = Fit(Tiny, data);
        RnnTransformer second = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(Tiny).ContinueFrom(first).Fit(more);
        Assert.Equal("B-PER O O B-LOC", Tags(second.Transform(more))[4]);
        Assert.True(second.VocabularySize > first.VocabularySize);
        Assert.Contains("classes: the training data has classes that the model was not trained on: B-ORG. The model's classes are B-PER, O, B-LOC, I-PER", Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(Tiny).ContinueFrom(first).Fit(Data("a/B-ORG b/O"))).Message);
    }

    [Fact]
    public void A_broken_training_ends_with_the_bytes_of_an_unbroken_one()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Data([.. Enumerable.Repeat(Sentences, 5).SelectMany(rows => rows)]);
        RnnSequenceTaggingOptions whole = Tiny with { Network = TaggingContract.TinyNetwork, Training = Tiny.Training with { MaxEpochs = 6, ValidationFraction = 0.3, ExponentialMovingAverage = 0.9f } };
        RnnSequenceTaggingOptions broken = whole with { Training = whole.Training with { CheckpointFolder = folder.File("states"), Progress = new Reports(p => { if (p.Epoch == 4) throw new InvalidOperationException("broken off"); }) } };
        Assert.Throws<InvalidOperationException>(() => Fit(broken, data));
        RnnTransformer resumed = Fit(broken with { Training = broken.Training with { Progress = null } }, data);
        Assert.Equal(Convert.ToHexString(Fit(whole, data).Model.Network.Graph), Convert.ToHexString(resumed.Model.Network.Graph));
    }

    [Fact]
    public void A_single_tag_is_no_task()
    {
        Assert.Contains("expected at least two different tags, got 1", Assert.Throws<InvalidOperationException>(() => Fit(Tiny, Data("a/X b/X"))).Message);
    }

    private sealed class Reports(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }
}
