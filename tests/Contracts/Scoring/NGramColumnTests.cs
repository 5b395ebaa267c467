using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The columns with the n-grams that influenced a prediction.</summary>
public class NGramColumnTests : TopicMessages
{
    private static readonly RnnTextClassificationOptions Explained = Options with
    {
        NGramsColumnName = "Why",
        Training = Options.Training with { MaxEpochs = 40 },
    };

    [Fact]
    public void The_decisive_words_come_first_with_their_spelling()
    {
        // Two classes have the same words; only their pairs differ.
        string Text(int i) => (i % 3) switch { 0 => "It is not late, double", 1 => "It is late, not double", _ => "LOCKED out again" };
        RnnTransformer model = Trainer(Explained).Fit(KeyedData(Text));
        (string[] texts, float[] scores) = Why(model, "It is not late, double");
        Assert.Contains(texts.Take(3), text => text is "not late" or ", double" or "is not");
        Assert.True(scores[0] > 0);
        Assert.Equal(scores.Select(Math.Abs).OrderDescending(), scores.Select(Math.Abs));
        Assert.Contains("LOCKED", Why(model, "LOCKED out again").Texts.Take(5));
        Assert.Equal(texts.Length, texts.Distinct().Count());
    }

    [Fact]
    public void The_scores_are_the_share_of_the_wide_path_in_the_logit()
    {
        string[] texts = ["late or not double", "double or not late"];
        RnnBinaryTextClassificationOptions options = RnnBinaryTextClassificationContract.Tiny with
        {
            NGramsColumnName = "Why",
            // Without a recurrence, the two texts differ in pairs of words only.
            Network = Explained.Network with { Cell = RnnCell.None },
            Training = Explained.Training,
        };
        RnnTransformer model = _ml.BinaryClassification.Trainers.RnnTextClassification(options)
            .Fit(_ml.LoadRows(30, i => new BinaryRow { Text = texts[i % 2], Label = i % 2 == 0 }));
        IDataView rows = _ml.LoadRows([.. texts.Select(text => new LabeledText { Text = text })]);
        float[] logits = [.. Rows.Scores(model.Transform(rows), "Score").Select(row => row[0])];
        Assert.True(logits[0] > logits[1] + 1);
        Assert.Equal(logits[0] - logits[1], Why(model, texts[0]).Scores.Sum() - Why(model, texts[1]).Scores.Sum(), 1e-3);
    }

    [Fact]
    public void A_saved_model_and_an_ensemble_explain_too()
    {
        RnnTransformer one = Trainer(Explained).Fit(KeyedData(i => $"it was {Topics[i % 3]}"));
        RnnTransformer two = Trainer(Explained with { Training = Explained.Training with { Seed = 7 } }).Fit(KeyedData(i => $"it was {Topics[i % 3]}"));
        (string[] texts, float[] scores) = Why(one, "it was late");
        using var folder = new TemporaryFolder();
        _ml.Model.Save(one, null, folder.File("model.zip"));
        (string[] loadedTexts, float[] loadedScores) = Why(_ml.Model.Load(folder.File("model.zip"), out _), "it was late");
        Assert.Equal(texts, loadedTexts);
        Assert.Equal(scores, loadedScores);
        (string[] both, float[] mean) = Why(_ml.Rnn().CreateEnsemble(one, two), "it was late");
        (string[] otherTexts, float[] otherScores) = Why(two, "it was late");
        for (int i = 0; i < both.Length; i++)
        {
            float Of(string[] ngrams, float[] own) => Array.IndexOf(ngrams, both[i]) is >= 0 and var at ? own[at] : 0;
            Assert.Equal((Of(texts, scores) + Of(otherTexts, otherScores)) / 2, mean[i], 1e-4);
        }
    }

    [Fact]
    public void Characters_are_joined_without_spaces()
    {
        RnnTextClassificationOptions options = Explained with
        {
            Text = new RnnTextOptions { Tokenization = RnnTokenization.Character },
            Network = Explained.Network with { NGramLength = 3 },
        };
        RnnTransformer model = Trainer(options).Fit(KeyedData(i => Topics[i % 3]));
        string[] texts = Why(model, "late").Texts;
        Assert.Contains("lat", texts);
        Assert.DoesNotContain(texts, text => text.Contains(' ', StringComparison.Ordinal) || text.Length > 3);
    }

    [Fact]
    public void Scores_of_a_regression_are_in_its_units()
    {
        IDataView data = _ml.LoadRows(40, i => new NumberRow { Label = i % 2 == 0 ? 100 : 300, Text = i % 2 == 0 ? "cheap room" : "grand room" });
        var options = new RnnTextRegressionOptions
        {
            NGramsColumnName = "Why",
            Network = Explained.Network,
            Training = Explained.Training,
        };
        RnnTransformer model = _ml.Regression.Trainers.RnnTextRegression(options).Fit(data);
        (string[] cheap, float[] low) = Why(model, "cheap room");
        (string[] grand, float[] high) = Why(model, "grand room");
        Assert.True(low[Array.IndexOf(cheap, "cheap")] < -5);
        Assert.True(high[Array.IndexOf(grand, "grand")] > 5);
    }

    [Fact]
    public void A_row_without_known_words_has_no_n_grams_but_a_prediction()
    {
        RnnTransformer model = Trainer(Explained).Fit(KeyedData(i => $"it was {Topics[i % 3]}"));
        IDataView scored = model.Transform(_ml.LoadRows(new LabeledText { Text = "" }));
        Assert.Equal(1, Rows.Scores(scored, "Score")[0].Sum(), 1e-5);
        Assert.Empty(Why(model, "").Texts);
        Assert.Empty(Why(model, "zzz qqq").Scores);
        Assert.All(Why(model, "it was late").Scores, score => Assert.NotEqual(0, score));
    }

    [Theory]
    [InlineData(0, "Network.NGramLength")]
    [InlineData(2, "Text.")]
    public void Columns_that_cannot_be_are_refused(int length, string named)
    {
        RnnTextClassificationOptions options = length == 0
            ? Explained with { Network = Explained.Network with { NGramLength = 0 } }
            : Explained with { TokensColumnName = "Why.Text" };
        Exception fault = Assert.ThrowsAny<ArgumentException>(() => Trainer(options));
        Assert.Contains("NGramsColumnName", fault.Message, StringComparison.Ordinal);
        Assert.Contains(named == "Text." ? "Why.Text" : named, fault.Message, StringComparison.Ordinal);
    }

    private (string[] Texts, float[] Scores) Why(ITransformer model, string text)
    {
        IDataView scored = model.Transform(_ml.LoadRows(new LabeledText { Text = text }));
        ReadOnlyMemory<char>[] texts = scored.GetColumn<ReadOnlyMemory<char>[]>("Why.Text").Single();
        return ([.. texts.Select(one => one.ToString())], scored.GetColumn<float[]>("Why.Score").Single());
    }
}
