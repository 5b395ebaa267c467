using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Training of taggers: validation rows, long rows, continued and interrupted training.</summary>
public class TaggerTrainingTests : TaggedSentences
{
    [Fact]
    public void A_validation_set_may_have_tags_that_the_training_data_lacks()
    {
        IDataView data = Data(Sentences), validation = Data("Anna/B-PER went/O", "a/O b/B-ORG c/I-PER");
        var epochs = new List<RnnTrainingProgress>();
        var progress = new ProgressCallback(report =>
        {
            if (report.IsEndOfEpoch) epochs.Add(report);
        });
        RnnTransformer model = Fit(Tiny with { Training = Tiny.Training with { MaxEpochs = 5, ValidationSet = validation, Progress = progress } }, data);
        Assert.NotEmpty(epochs);
        Assert.All(epochs, epoch => Assert.Equal("span F1", epoch.MetricName));
        Assert.All(epochs, epoch => Assert.True(double.IsFinite(epoch.ValidationLoss!.Value)));
        Assert.Equal(["B-PER", "O", "B-LOC", "I-PER"], Names(model.Transform(data), "PredictedLabel"));
    }

    [Fact]
    public void A_row_of_five_thousand_tokens_trains_and_scores()
    {
        string row = string.Join(' ', Enumerable.Range(0, 2500).Select(i => i % 7 == 0 ? "Oslo/B-LOC Berg/O" : "the/O train/O"));
        IDataView data = Data(row, Sentences[0]);
        RnnTransformer model = Fit(Tiny with { Training = Tiny.Training with { MaxEpochs = 3, BatchSize = 1 } }, data);
        Assert.Equal(5000, Tags(model.Transform(data))[0].Split(' ').Length);
    }

    [Fact]
    public void Steps_without_a_tag_do_not_count_in_the_loss()
    {
        foreach (RnnTagDependency dependency in new[] { RnnTagDependency.None, RnnTagDependency.Crf, RnnTagDependency.PreviousTags })
        {
            IDataView data = _ml.LoadRows(
                new Row { Tokens = ["a", "b", "c"], Label = ["X", "", "Z"] },
                new Row { Tokens = ["b", "a"], Label = ["Y", "X"] },
                new Row { Tokens = ["c", "b"], Label = ["Z", "Y"] });
            RnnSequenceTaggingOptions options = Tiny with
            {
                Network = Tiny.Network with { Dependency = dependency },
                Training = Tiny.Training with { MaxEpochs = 150 },
            };
            string[] tags = Tags(Fit(options, data).Transform(data));
            Assert.Equal("Y X", tags[1]);
            string[] first = tags[0].Split(' ');
            Assert.Equal(("X", "Z"), (first[0], first[2]));
        }
    }

    [Fact]
    public void Training_continues_from_a_model_and_adds_new_words_and_letters()
    {
        IDataView data = Data(Sentences), more = Data([.. Sentences, "Ümit/B-PER flew/O to/O Żory/B-LOC"]);
        RnnTransformer first = Fit(Tiny, data);
        RnnTransformer second = Trainer(Tiny).ContinueFrom(first).Fit(more);
        Assert.Equal("B-PER O O B-LOC", Tags(second.Transform(more))[4]);
        Assert.True(second.VocabularySize > first.VocabularySize);
        AssertThrows.With<ArgumentException>(() => Trainer(Tiny).ContinueFrom(first).Fit(Data("a/B-ORG b/O")),
            "classes: the training data has classes that the model was not trained on: B-ORG. The model's classes are B-PER, O, B-LOC, I-PER");
    }

    [Fact]
    public void ContinueFrom_with_other_additional_columns_is_refused()
    {
        RnnTransformer model = Fit(Tiny with { Training = Tiny.Training with { MaxEpochs = 1 } }, Data(Sentences));
        RnnSequenceTaggingOptions other = Tiny with { AdditionalColumns = [new RnnAdditionalColumnOptions { ColumnName = "Text" }] };
        AssertThrows.With<ArgumentException>(() => Trainer(other).ContinueFrom(model), "AdditionalColumns");
    }

    [Fact]
    public void A_training_that_failed_continues_and_ends_with_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Data([.. Enumerable.Repeat(Sentences, 5).SelectMany(rows => rows)]);
        RnnSequenceTaggingOptions whole = Tiny with
        {
            Network = TaggingContract.TinyNetwork,
            Training = Tiny.Training with { MaxEpochs = 6, ValidationFraction = 0.3, ExponentialMovingAverage = 0.9f },
        };
        RnnTrainingOptions withCheckpoints = whole.Training with { CheckpointFolder = folder.File("states") };
        var failure = new ProgressCallback(report =>
        {
            if (report.Epoch == 4) throw new InvalidOperationException("interrupted");
        });
        Assert.Throws<InvalidOperationException>(() => Fit(whole with { Training = withCheckpoints with { Progress = failure } }, data));
        Assert.Single(Directory.GetFiles(folder.File("states")));
        RnnTransformer resumed = Fit(whole with { Training = withCheckpoints }, data);
        Assert.Equal(Convert.ToHexString(Fit(whole, data).Model.Network.Graph), Convert.ToHexString(resumed.Model.Network.Graph));
    }

    [Fact]
    public void A_single_tag_is_refused() =>
        AssertThrows.With<InvalidOperationException>(() => Fit(Tiny, Data("a/X b/X")), "expected at least two different tags, got 1");
}
