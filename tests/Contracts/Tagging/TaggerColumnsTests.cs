using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The input columns and output columns of a tagger.</summary>
public class TaggerColumnsTests : TaggedSentences
{
    [Theory]
    [InlineData(RnnTagDependency.None)]
    [InlineData(RnnTagDependency.Crf)]
    [InlineData(RnnTagDependency.PreviousTags)]
    public void Optional_columns_agree_with_the_tags(RnnTagDependency dependency)
    {
        IDataView data = Data(Sentences);
        RnnSequenceTaggingOptions options = Tiny with
        {
            TopTagsColumnName = "Top",
            TopScoresColumnName = "TopScores",
            TopTags = 2,
            AlternativesColumnName = "Others",
            AlternativeScoresColumnName = "OtherScores",
            Alternatives = 3,
            SpansColumnName = "Names",
            TokensColumnName = "Words",
            Network = Tiny.Network with { Dependency = dependency, BeamWidth = 1 },
        };
        IDataView scored = Fit(options, data).Transform(data);
        string[] tags = Tags(scored)[2].Split(' '), top = Tags(scored, "Top")[2].Split(' '), others = Tags(scored, "Others")[2].Split(' ');
        float[] scores = Rows.Scores(scored, "Score")[2], topScores = Rows.Scores(scored, "TopScores")[2];
        float[] otherScores = Rows.Scores(scored, "OtherScores")[2];
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
        Assert.Equal("0 3", Third<int>(scored, "Names.Start"));
        Assert.Equal("2 1", Third<int>(scored, "Names.Length"));
        Assert.Equal("PER|LOC", Third<ReadOnlyMemory<char>>(scored, "Names.Type", '|'));
        Assert.Equal("Anna Berg|Oslo", Third<ReadOnlyMemory<char>>(scored, "Names.Text", '|'));
        Assert.Equal("PER: Anna Berg|LOC: Oslo", Third<ReadOnlyMemory<char>>(scored, "Names", '|'));
        Assert.Equal("Anna Berg saw Oslo", Third<ReadOnlyMemory<char>>(scored, "Words"));
    }

    [Fact]
    public void Characters_distinguish_unseen_words()
    {
        var random = new Random(2);
        string Word(string end) => string.Concat(Enumerable.Range(0, 4).Select(_ => (char)('a' + random.Next(26)))) + end;
        string Sentence() => string.Join(' ', Enumerable.Range(0, 5).Select(_ => random.Next(2) == 0 ? Word("ing") + "/VERB" : Word("ness") + "/NOUN"));
        IDataView Words(int rows) => Data([.. Enumerable.Range(0, rows).Select(_ => Sentence())]);
        IDataView train = Words(100), test = Words(30);
        double Accuracy(RnnCharacterEncoder characters)
        {
            RnnSequenceTaggingOptions options = Tiny with
            {
                Network = Tiny.Network with { Characters = characters },
                Training = Tiny.Training with { MaxEpochs = 10 },
            };
            return _ml.MulticlassClassification.EvaluateSequenceTagging(Fit(options, train).Transform(test)).TokenAccuracy;
        }

        Assert.True(Accuracy(RnnCharacterEncoder.Lstm) > 0.95);
        Assert.True(Accuracy(RnnCharacterEncoder.Convolution) > 0.95);
        Assert.True(Accuracy(RnnCharacterEncoder.None) < 0.7);
    }

    [Fact]
    public void A_column_of_text_is_split_into_tokens_with_a_tag_for_each()
    {
        IDataView data = Data(Sentences);
        RnnSequenceTaggingOptions options = Tiny with
        {
            InputColumnName = "Text",
            Text = new RnnTextOptions { Tokenization = RnnTokenization.Whitespace },
        };
        Assert.Equal("B-PER O O B-LOC", Tags(Fit(options, data).Transform(data))[0]);
    }

    [Fact]
    public void Keys_of_other_types_than_text_are_predicted_in_their_own_type()
    {
        IDataView keys = _ml.MapToKeys(_ml.LoadRows(6, _ => new NumberRow { Tokens = ["a", "b", "c"], Label = [30, 10, 20] }));
        IDataView scored = Fit(Tiny, keys).Transform(keys);
        IDataView mapped = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);
        Assert.Equal([30, 10, 20], mapped.GetColumn<VBuffer<int>>("PredictedLabel").First().DenseValues());
    }

    [Fact]
    public void Labels_may_be_keys_or_text_and_MapKeyToValue_restores_them()
    {
        IDataView texts = Data(Sentences), keys = _ml.MapToKeys(texts);
        IDataView fromTexts = Fit(Tiny, texts).Transform(texts), fromKeys = Fit(Tiny, keys).Transform(keys);
        Assert.Equal(Rows.Of(fromKeys, "PredictedLabel", "Score"), Rows.Of(fromTexts, "PredictedLabel", "Score"));
        IDataView mapped = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(fromTexts).Transform(fromTexts);
        Assert.Equal("B-PER O O B-LOC", Rows.Of(mapped, "PredictedLabel")[0]);
    }

    [Fact]
    public void Prediction_engines_tag_arrays_of_tokens()
    {
        ITransformer chain = Trainer(Tiny).Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Data(Sentences));
        using PredictionEngine<Input, Output> engine = _ml.Model.CreatePredictionEngine<Input, Output>(chain);
        Assert.Equal(["B-PER", "O"], engine.Predict(new Input { Tokens = ["Anna", "went"] }).PredictedLabel);
        Assert.Equal(3, engine.Predict(new Input { Tokens = ["to", "Oslo", "!"] }).PredictedLabel.Length);
    }

    /// <summary>Returns the values of the third row.</summary>
    private static string Third<T>(IDataView scored, string column, char separator = ' ') =>
        string.Join(separator, scored.GetColumn<VBuffer<T>>(column).ElementAt(2).DenseValues());

    private sealed class NumberRow
    {
        public string[] Tokens { get; set; } = [];

        public int[] Label { get; set; } = [];
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
