using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Taggers by value: what goes wrong elsewhere (shifted tags, validation rows, long rows), and what each option does.</summary>
public class SequenceTaggingTests
{
    private readonly MLContext _ml = new(1);

    private static RnnSequenceTaggingOptions Tiny { get; } = RnnSequenceTaggingContract.Tiny with
    {
        Network = TaggingContract.TinyNetwork with { Dropout = 0, WordDropout = 0, SingletonDropout = 0 },
        Training = RnnSequenceTaggingContract.Tiny.Training with { MaxEpochs = 60, LearningRate = 0.02f },
    };

    /// <summary>"word/tag word/tag", a row each.</summary>
    private IDataView Data(params string[] rows) => _ml.Data.LoadFromEnumerable(rows.Select(row => row.Split(' ').Select(pair => pair.Split('/')).ToArray())
        .Select(pairs => new Row { Tokens = [.. pairs.Select(pair => pair[0])], Text = string.Join(' ', pairs.Select(pair => pair[0])), Label = [.. pairs.Select(pair => pair[1])] }).ToArray());

    private static string[] Tags(IDataView scored, string column = "PredictedLabel") => [.. scored.GetColumn<VBuffer<uint>>(column).Select(keys => string.Join(' ', keys.DenseValues().Select(key => Names(scored, column)[key - 1])))];

    private static string[] Names(IDataView scored, string column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema[column].GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private RnnTransformer Fit(RnnSequenceTaggingOptions options, IDataView data) => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(data);

    private static readonly string[] Sentences = ["Anna/B-PER went/O to/O Oslo/B-LOC", "the/O train/O left/O", "Anna/B-PER Berg/I-PER saw/O Oslo/B-LOC", "to/O Oslo/B-LOC went/O Anna/B-PER Berg/I-PER"];

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
    public void Labels_may_be_keys_or_texts_and_MapKeyToValue_gives_them_back()
    {
        IDataView texts = Data(Sentences), keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(texts).Transform(texts);
        IDataView fromTexts = Fit(Tiny, texts).Transform(texts), fromKeys = Fit(Tiny, keys).Transform(keys);
        Assert.Equal(Rows.Of(fromKeys, "PredictedLabel", "Score"), Rows.Of(fromTexts, "PredictedLabel", "Score"));
        IDataView mapped = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(fromTexts).Transform(fromTexts);
        Assert.Equal("B-PER O O B-LOC", string.Join(' ', mapped.GetColumn<VBuffer<ReadOnlyMemory<char>>>("PredictedLabel").First().DenseValues()));
    }

    [Fact]
    public void Keys_of_other_types_than_text_come_back_in_their_own()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(i => new NumberRow { Tokens = ["a", "b", "c"], Label = [30, 10, 20] }).ToArray());
        IDataView keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        IDataView mapped = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(Fit(Tiny, keys).Transform(keys)).Transform(Fit(Tiny, keys).Transform(keys));
        Assert.Equal([30, 10, 20], mapped.GetColumn<VBuffer<int>>("PredictedLabel").First().DenseValues());
    }

    [Fact]
    public void Text_is_cut_into_tokens_with_a_label_for_each()
    {
        IDataView data = Data(Sentences);
        IDataView scored = Fit(Tiny with { InputColumnName = "Text", Text = new RnnTextOptions { Tokenization = RnnTokenization.Whitespace } }, data).Transform(data);
        Assert.Equal("B-PER O O B-LOC", Tags(scored)[0]);
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
        RnnTransformer model = Fit(Tiny with { Text = new RnnTextOptions { MaximumLength = 6000 }, Training = Tiny.Training with { MaxEpochs = 3, BatchSize = 1 } }, data);
        Assert.Equal(5000, Tags(model.Transform(data))[0].Split(' ').Length);
        // Longer rows than the maximum are cut with their labels.
        RnnTransformer cut = Fit(Tiny with { Text = new RnnTextOptions { MaximumLength = 10 }, Training = Tiny.Training with { MaxEpochs = 1 } }, data);
        Assert.Equal(10, Tags(cut.Transform(data))[0].Split(' ').Length);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused_with_their_places_and_lengths()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(new[] { new Row { Tokens = ["a", "b"], Label = ["X", "Y"] }, new Row { Tokens = ["a", "b", "c"], Label = ["X", "Y"] }, new Row { Tokens = ["a"], Label = ["X", "Y"] } });
        string message = Assert.Throws<InvalidOperationException>(() => Fit(Tiny, data)).Message;
        Assert.Equal("The training data: expected a value for each step, got 2 rows with another number: row 1 has 3 steps and 2 values in 'Label'; row 2 has 1 steps and 2 values in 'Label'. Correct the rows, or leave them out with OnLengthMismatch = Skip.", message);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_left_out_where_that_is_wanted_and_told()
    {
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.RawMessage);
        Row good = new() { Tokens = ["a", "b"], Label = ["X", "Y"] };
        IDataView some = _ml.Data.LoadFromEnumerable(new[] { good, new Row { Tokens = ["a"], Label = ["X", "Y", "Z"] }, good, new Row { Tokens = [], Label = [] }, new Row { Tokens = ["a"], Label = [""] } });
        RnnTransformer model = Fit(Tiny with { OnLengthMismatch = RnnOnLengthMismatch.Skip }, some);
        Assert.Contains("training data: left out 1 rows whose label or further columns do not fit: row 1 has 1 steps and 3 values in 'Label'", log);
        Assert.Contains("training data: left out 2 rows with a missing label", log);
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
    public void Optional_columns_tell_the_same_as_the_tags()
    {
        IDataView data = Data(Sentences);
        foreach (RnnTagDependency dependency in new[] { RnnTagDependency.None, RnnTagDependency.Crf, RnnTagDependency.PreviousTags })
        {
            RnnSequenceTaggingOptions options = Tiny with
            {
                TopTagsColumnName = "Top", TopScoresColumnName = "TopScores", TopTags = 2,
                AlternativesColumnName = "Others", AlternativeScoresColumnName = "OtherScores", Alternatives = 3,
                SpansColumnName = "Names", TokensColumnName = "Words",
                Network = Tiny.Network with { Dependency = dependency, BeamWidth = 8 },
            };
            IDataView scored = Fit(options, data).Transform(data);
            string[] tags = Tags(scored)[2].Split(' '), top = Tags(scored, "Top")[2].Split(' '), others = Tags(scored, "Others")[2].Split(' ');
            float[] scores = Rows.Scores(scored, "Score")[2], topScores = Rows.Scores(scored, "TopScores")[2], otherScores = Rows.Scores(scored, "OtherScores")[2];
            Assert.Equal(8, top.Length);
            for (int t = 0; t < 4; t++)
            {
                Assert.Equal(tags[t], top[2 * t]);
                Assert.Equal(scores[t], topScores[2 * t]);
                Assert.True(topScores[2 * t] >= topScores[2 * t + 1]);
            }
            Assert.Equal(3, otherScores.Length);
            Assert.Equal(12, others.Length);
            Assert.Equal(tags, others[..4]);
            Assert.NotEqual(tags, others[4..8]);
            Assert.True(otherScores[0] >= otherScores[1] && otherScores[1] >= otherScores[2] && otherScores.Sum() <= 1 + 1e-5);
            Assert.Equal("0 3", string.Join(' ', scored.GetColumn<VBuffer<int>>("Names.Start").ElementAt(2).DenseValues()));
            Assert.Equal("2 1", string.Join(' ', scored.GetColumn<VBuffer<int>>("Names.Length").ElementAt(2).DenseValues()));
            Assert.Equal("PER|LOC", string.Join('|', scored.GetColumn<VBuffer<ReadOnlyMemory<char>>>("Names.Type").ElementAt(2).DenseValues()));
            Assert.Equal("Anna Berg|Oslo", string.Join('|', scored.GetColumn<VBuffer<ReadOnlyMemory<char>>>("Names.Text").ElementAt(2).DenseValues()));
            Assert.Equal("Anna Berg saw Oslo", string.Join(' ', scored.GetColumn<VBuffer<ReadOnlyMemory<char>>>("Words").ElementAt(2).DenseValues()));
        }
    }

    [Fact]
    public void Characters_tell_words_apart_that_were_never_seen()
    {
        var random = new Random(2);
        string Word(string end) => string.Concat(Enumerable.Range(0, 4).Select(_ => (char)('a' + random.Next(26)))) + end;
        IDataView Words(int rows) => Data([.. Enumerable.Range(0, rows).Select(_ => string.Join(' ', Enumerable.Range(0, 5).Select(_ => random.Next(2) == 0 ? Word("ing") + "/VERB" : Word("ness") + "/NOUN")))]);
        IDataView train = Words(100), test = Words(30);
        double Accuracy(RnnCharacterEncoder characters) => _ml.MulticlassClassification.EvaluateSequenceTagging(
            Fit(Tiny with { Network = Tiny.Network with { Characters = characters }, Training = Tiny.Training with { MaxEpochs = 10 } }, train).Transform(test)).TokenAccuracy;
        Assert.True(Accuracy(RnnCharacterEncoder.Lstm) > 0.95);
        Assert.True(Accuracy(RnnCharacterEncoder.Convolution) > 0.95);
        Assert.True(Accuracy(RnnCharacterEncoder.None) < 0.7);
    }

    [Fact]
    public void Further_columns_of_texts_keys_and_numbers_are_read()
    {
        var random = new Random(3);
        // What the tag is stands in the further columns alone.
        FurtherRow Row() => new() { Tokens = [.. Enumerable.Repeat("w", 6)], Kind = [.. Enumerable.Range(0, 6).Select(_ => random.Next(2) == 0 ? "a" : "b")], Size = [.. Enumerable.Range(0, 6).Select(_ => random.Next(2) == 0 ? 100f : 200)] };
        FurtherRow[] rows = [.. Enumerable.Range(0, 80).Select(_ => Row())];
        foreach (FurtherRow row in rows) row.Label = [.. row.Kind.Zip(row.Size, (kind, size) => kind + size)];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(data).Transform(data);
        RnnSequenceTaggingOptions options = Tiny with { FurtherColumns = [new RnnFurtherColumnOptions { ColumnName = "Kind" }, new RnnFurtherColumnOptions { ColumnName = "Size", FrameSize = 1 }] };
        foreach (IDataView view in new[] { data, keyed })
        {
            RnnTransformer model = Fit(options with { Training = options.Training with { MaxEpochs = 20 } }, view);
            Assert.Equal(1, _ml.MulticlassClassification.EvaluateSequenceTagging(model.Transform(view)).TokenAccuracy);
            // A further column that is too short in scoring is missing at the end, not an error.
            IDataView shorter = _ml.Data.LoadFromEnumerable(new[] { new FurtherRow { Tokens = ["w", "w", "w"], Kind = ["a"], Size = [] } });
            shorter = view == keyed ? _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(data).Transform(shorter) : shorter;
            Assert.Equal(3, Tags(model.Transform(shorter))[0].Split(' ').Length);
        }
        rows[3].Size = [1, 2];
        Assert.Contains("row 3 has 6 steps and 2 values in 'Size'", Assert.Throws<InvalidOperationException>(() => Fit(options, data)).Message);
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

    [Fact]
    public void Training_goes_on_from_a_model_with_new_words_and_letters()
    {
        IDataView data = Data(Sentences), more = Data([.. Sentences, "Ümit/B-PER flew/O to/O Żory/B-LOC"]);
        RnnTransformer first = Fit(Tiny, data);
        RnnTransformer second = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(Tiny).ContinueFrom(first).Fit(more);
        Assert.Equal("B-PER O O B-LOC", Tags(second.Transform(more))[4]);
        Assert.True(second.VocabularySize > first.VocabularySize);
        Assert.Contains("number of classes", Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(Tiny).ContinueFrom(first).Fit(Data("a/B-ORG b/O"))).Message);
    }

    [Fact]
    public void A_broken_training_ends_with_the_bytes_of_an_unbroken_one()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Data([.. Enumerable.Repeat(Sentences, 5).SelectMany(rows => rows)]);
        RnnSequenceTaggingOptions whole = Tiny with { Network = TaggingContract.TinyNetwork, Training = Tiny.Training with { MaxEpochs = 6, ValidationFraction = 0.3, WeightAveraging = 0.9f } };
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

    [Fact]
    public void Prediction_engines_tag_arrays_of_tokens()
    {
        IDataView data = Data(Sentences);
        ITransformer chain = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(Tiny).Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        PredictionEngine<Input, Output> engine = _ml.Model.CreatePredictionEngine<Input, Output>(chain);
        Assert.Equal(["B-PER", "O"], engine.Predict(new Input { Tokens = ["Anna", "went"] }).PredictedLabel);
        Assert.Equal(3, engine.Predict(new Input { Tokens = ["to", "Oslo", "!"] }).PredictedLabel.Length);
    }

    private sealed class Reports(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }

    private sealed class Row
    {
        public string[] Tokens { get; set; } = [];

        public string Text { get; set; } = "";

        public string[] Label { get; set; } = [];
    }

    private sealed class NumberRow
    {
        public string[] Tokens { get; set; } = [];

        public int[] Label { get; set; } = [];
    }

    private sealed class FurtherRow
    {
        public string[] Tokens { get; set; } = [];

        public string[] Kind { get; set; } = [];

        public float[] Size { get; set; } = [];

        public string[] Label { get; set; } = [];
    }

    private sealed class Input
    {
        public string[] Tokens { get; set; } = [];
    }

    private sealed class Output
    {
        public string[] PredictedLabel { get; set; } = [];
    }
}
