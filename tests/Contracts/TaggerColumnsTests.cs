using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>What a tagger reads and writes, by value.</summary>
public class TaggerColumnsTests : TaggedSentences
{
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
                Network = Tiny.Network with { Dependency = dependency, BeamWidth = 1 },
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
            Assert.Equal("PER: Anna Berg|LOC: Oslo", string.Join('|', scored.GetColumn<VBuffer<ReadOnlyMemory<char>>>("Names").ElementAt(2).DenseValues()));
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
    public void Additional_columns_of_texts_keys_and_numbers_are_read()
    {
        var random = new Random(3);
        // What the tag is stands in the additional columns alone.
        AdditionalRow Row() => new() { Tokens = [.. Enumerable.Repeat("w", 6)], Kind = [.. Enumerable.Range(0, 6).Select(_ => random.Next(2) == 0 ? "a" : "b")], Size = [.. Enumerable.Range(0, 6).Select(_ => random.Next(2) == 0 ? 100f : 200)] };
        AdditionalRow[] rows = [.. Enumerable.Range(0, 80).Select(_ => Row())];
        foreach (AdditionalRow row in rows) row.Label = [.. row.Kind.Zip(row.Size, (kind, size) => kind + size)];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(data).Transform(data);
        RnnSequenceTaggingOptions options = Tiny with { AdditionalColumns = [new RnnAdditionalColumnOptions { ColumnName = "Kind" }, new RnnAdditionalColumnOptions { ColumnName = "Size", FrameSize = 1 }] };
        foreach (IDataView view in new[] { data, keyed })
        {
            RnnTransformer model = Fit(options with { Training = options.Training with { MaxEpochs = 20 } }, view);
            Assert.Equal(1, _ml.MulticlassClassification.EvaluateSequenceTagging(model.Transform(view)).TokenAccuracy);
            // An additional column that is too short in scoring is missing at the end, not an error.
            IDataView shorter = _ml.Data.LoadFromEnumerable(new[] { new AdditionalRow { Tokens = ["w", "w", "w"], Kind = ["a"], Size = [] } });
            shorter = view == keyed ? _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(data).Transform(shorter) : shorter;
            Assert.Equal(3, Tags(model.Transform(shorter))[0].Split(' ').Length);
        }
        rows[3].Size = [1, 2];
        Assert.Contains("row 3 has 6 steps and 2 values in 'Size'", Assert.Throws<InvalidOperationException>(() => Fit(options, data)).Message);
    }

    [Fact]
    public void Text_is_cut_into_tokens_with_a_label_for_each()
    {
        IDataView data = Data(Sentences);
        IDataView scored = Fit(Tiny with { InputColumnName = "Text", Text = new RnnTextOptions { Tokenization = RnnTokenization.Whitespace } }, data).Transform(data);
        Assert.Equal("B-PER O O B-LOC", Tags(scored)[0]);
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
    public void Labels_may_be_keys_or_texts_and_MapKeyToValue_gives_them_back()
    {
        IDataView texts = Data(Sentences), keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(texts).Transform(texts);
        IDataView fromTexts = Fit(Tiny, texts).Transform(texts), fromKeys = Fit(Tiny, keys).Transform(keys);
        Assert.Equal(Rows.Of(fromKeys, "PredictedLabel", "Score"), Rows.Of(fromTexts, "PredictedLabel", "Score"));
        IDataView mapped = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(fromTexts).Transform(fromTexts);
        Assert.Equal("B-PER O O B-LOC", string.Join(' ', mapped.GetColumn<VBuffer<ReadOnlyMemory<char>>>("PredictedLabel").First().DenseValues()));
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

    private sealed class NumberRow
    {
        public string[] Tokens { get; set; } = [];

        public int[] Label { get; set; } = [];
    }

    private sealed class AdditionalRow
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
