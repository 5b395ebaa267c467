using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.LanguageModels;

public class NGramLanguageModelTests
{
    private readonly MLContext _ml = new(1);

    /// <summary>The probabilities of "a b a" in <see cref="NGrams.NGramModelTests"/>.</summary>
    [Theory]
    [InlineData("a b a", 0.6875 * 0.375 * 0.6875 * 0.375, 4)]
    [InlineData("", 0.125, 1)]
    [InlineData(null, 0.125, 1)]
    [InlineData("never", 0.0625 * 0.25, 2)]
    public void A_row_has_the_probability_that_was_computed_by_hand(string? text, double probability, int symbols)
    {
        RnnLanguageModelTransformer model = TextRows.Train(_ml, new() { Unit = RnnLanguageUnit.Whitespace, MinimumCount = 1, Order = 2 }, "a b a");
        TextRows.Scores scores = Score(model, text!)[0];
        Assert.Equal(Math.Log(probability), scores.LogProbability, 5);
        Assert.Equal(Math.Pow(probability, -1.0 / symbols), scores.Perplexity, 4);
    }

    [Fact]
    public void A_column_of_units_keeps_its_units()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new UnitRow { Units = ["a", "b c", "a"] }, new UnitRow()]);
        RnnLanguageModelTransformer model = _ml.Transforms.Text.NGramLanguageModel(
            new() { InputColumnName = "Units", MinimumCount = 1, SymbolsColumnName = "Symbols", SymbolLogProbabilitiesColumnName = "Each" }).Fit(data);
        Assert.Equal(4, model.SymbolCount);
        ScoredUnits[] rows = [.. _ml.Data.CreateEnumerable<ScoredUnits>(model.Transform(data), reuseRowObject: false)];
        Assert.Equal(["a", "b c", "a", ""], rows[0].Symbols);
        Assert.Equal([""], rows[1].Symbols);
        Assert.All(rows, row => Assert.Equal(row.LogProbability, row.Each.Sum(), 4));
    }

    [Fact]
    public void A_loaded_model_scores_and_generates_as_the_saved_one()
    {
        RnnLanguageModelTransformer model = TextRows.Train(_ml);
        ITransformer loaded = TextRows.SavedAndLoaded(_ml, model, TextRows.Of(_ml, "a"));
        string[] texts = [.. TextRows.Names, "", "Überraschung"];
        Assert.Equal(Score(model, texts).Select(row => row.LogProbability), Score(loaded, texts).Select(row => row.LogProbability));
        RnnGenerationOptions options = new() { Seed = 3, MaximumLength = 50 };
        Assert.Equal(
            _ml.Rnn().CreateTextGenerator(model).GenerateMany(["", "h", "?"], options).Select(texts => texts[0].Text),
            _ml.Rnn().CreateTextGenerator(loaded).GenerateMany(["", "h", "?"], options).Select(texts => texts[0].Text));
        Assert.Contains("6-gram", loaded.ToString());
    }

    [Fact]
    public void A_beam_search_finds_the_most_probable_continuation()
    {
        RnnTextGenerator generator = _ml.Rnn().CreateTextGenerator(TextRows.Train(_ml, null, "abc", "abc", "abc", "abd"));
        Assert.Equal("bc", generator.Generate("a", new() { BeamWidth = 8 }));
        Assert.Equal("bc", generator.Generate("a", new() { Temperature = 0 }));
    }

    [Fact]
    public void A_prediction_engine_returns_the_same_as_the_batched_transform()
    {
        RnnLanguageModelTransformer model = TextRows.Train(_ml);
        using PredictionEngine<TextRows.TextLine, TextRows.Scores> engine = _ml.Model.CreatePredictionEngine<TextRows.TextLine, TextRows.Scores>(model);
        Assert.Equal(
            Score(model, TextRows.Names).Select(row => row.LogProbability),
            TextRows.Names.Select(name => engine.Predict(new() { Text = name }).LogProbability));
    }

    [Fact]
    public void Rows_that_the_model_was_trained_on_are_more_probable()
    {
        TextRows.Scores[] scores = Score(TextRows.Train(_ml), "hanna", "annha", "zzzzz");
        Assert.True(scores[0].Perplexity < scores[1].Perplexity);
        Assert.True(scores[1].Perplexity < scores[2].Perplexity);
    }

    [Fact]
    public void Bad_options_are_reported_together()
    {
        NGramLanguageModelOptions options = new()
        {
            Order = 9,
            MinimumNGramCount = 0,
            MinimumCount = 0,
            MaximumVocabularySize = 100,
            Unit = RnnLanguageUnit.Subword,
            PerplexityColumnName = "Text",
        };
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.Text.NGramLanguageModel(options));
        Assert.Contains("5 invalid option(s)", error.Message);
        Assert.Contains("Order: expected 2 to 8, got 9", error.Message);
        Assert.Contains("PerplexityColumnName: expected a name other than that of InputColumnName, got 'Text' for both", error.Message);
    }

    [Fact]
    public void Data_without_rows_is_refused()
    {
        IDataView none = _ml.Data.LoadFromEnumerable<TextRows.TextLine>([]);
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Transforms.Text.NGramLanguageModel().Fit(none));
        Assert.Contains("expected at least one row in the column 'Text', got none", error.Message);
    }

    [Fact]
    public void Training_can_be_canceled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => TextRows.Train(_ml, new() { CancellationToken = source.Token }));
    }

    [Fact]
    public void A_missing_column_is_refused()
    {
        NGramLanguageModelTrainer trainer = _ml.Transforms.Text.NGramLanguageModel(new() { InputColumnName = "Line" });
        Assert.Contains("'Line'", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(TextRows.Of(_ml, "a"))).Message);
    }

    private TextRows.Scores[] Score(ITransformer model, params string[] texts) =>
        [.. _ml.Data.CreateEnumerable<TextRows.Scores>(model.Transform(TextRows.Of(_ml, texts)), reuseRowObject: false)];

    private sealed class UnitRow
    {
        public string[] Units { get; set; } = [];
    }

    private sealed class ScoredUnits
    {
        public string[] Symbols { get; set; } = [];

        public float[] Each { get; set; } = [];

        public float LogProbability { get; set; }
    }
}
