using Microsoft.ML;
using Microsoft.ML.Data;

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
    public void A_search_whose_sequences_all_end_returns_the_best_beginning()
    {
        RnnLanguageModelTransformer model = TextRows.Train(_ml, null, "abc", "abc", "abc", "abd");
        RnnTextGenerator generator = _ml.Rnn().CreateTextGenerator(model);
        RnnGenerationOptions AtMost(int length, int width) => new()
        {
            BeamWidth = width,
            StopAtDocumentEnd = false,
            Constraint = (_, generated, scores) => { if (generated.Length >= length) scores.Fill(float.NegativeInfinity); },
        };
        RnnGeneratedText text = Assert.Single(generator.GenerateMany(["a"], AtMost(1, 3))[0]);
        Assert.Equal(("b", RnnGenerationEnd.NothingAllowed, 1), (text.Text, text.End, text.LogProbabilities.Count));
        Assert.Equal(text.LogProbabilities[0], text.Score, 6);
        Assert.Equal("", generator.Generate("a", AtMost(0, 3)));
        IDataView prompts = TextRows.Of(_ml, "a", "ab");
        IDataView written = _ml.Transforms.Text.GenerateText(model, "More", "Text", AtMost(1, 2)).Fit(prompts).Transform(prompts);
        Assert.Equal(["b", "c"], written.GetColumn<string>("More"));
    }

    [Fact]
    public void Continued_sequences_of_a_search_have_random_numbers_of_their_own()
    {
        RnnTextGenerator generator = _ml.Rnn().CreateTextGenerator(TextRows.Train(_ml));
        var found = generator.GenerateMany(["h", "h"], new() { BeamWidth = 4, NBest = 4, MaximumLength = 1, Seed = 1 });
        ulong[] random = [.. found.SelectMany(texts => texts).Select(text => text.State.Generation.Random)];
        Assert.Equal(random.Length, random.Distinct().Count());
    }

    [Fact]
    public void Filters_that_need_the_earlier_symbols_refuse_a_state_without_them()
    {
        RnnTextGenerator generator = _ml.Rnn().CreateTextGenerator(TextRows.Train(_ml));
        RnnGenerationOptions filtered = new() { NoRepeatNgramSize = 3, MaximumLength = 4 };
        RnnGenerationState without = generator.GenerateMany(["h"], new() { MaximumLength = 4 })[0][0].State;
        Assert.Contains("forgotten its symbols", Assert.Throws<ArgumentException>(() => generator.Continue(without, "", filtered)).Message);
        RnnGenerationState with = RnnGenerationState.FromBytes(generator.GenerateMany(["h"], filtered)[0][0].State.ToBytes());
        Assert.NotEmpty(generator.Continue(with, "", filtered));
    }

    [Fact]
    public void A_state_of_a_model_with_more_symbols_is_refused()
    {
        RnnTextGenerator large = _ml.Rnn().CreateTextGenerator(TextRows.Train(_ml)), small = _ml.Rnn().CreateTextGenerator(TextRows.Train(_ml, null, "a"));
        RnnGenerationState state = large.GenerateMany(["johanna"], new() { MaximumLength = 1, Temperature = 0, RepetitionPenalty = 1.1f })[0][0].State;
        Assert.Contains("another model", Assert.Throws<FormatException>(() => small.Continue(state)).Message);
    }

    [Fact]
    public void Null_among_prompts_or_models_is_refused()
    {
        RnnLanguageModelTransformer model = TextRows.Train(_ml);
        Assert.Contains("null at 1", Assert.Throws<ArgumentException>(() => _ml.Rnn().CreateTextGenerator(model).GenerateMany(["a", null!])).Message);
        Assert.Contains("null among", Assert.Throws<ArgumentException>(() => _ml.Rnn().CreateEnsemble(model, null!)).Message);
    }

    [Fact]
    public void The_symbols_are_listed_in_the_order_of_their_numbers()
    {
        RnnLanguageModelTransformer model = TextRows.Train(_ml, new() { Unit = RnnLanguageUnit.Whitespace, MinimumCount = 1 }, "b a b");
        Assert.Equal(["", "<unk>", "b", "a"], model.Symbols);
    }

    [Fact]
    public void Rare_units_of_a_column_of_units_are_unknown_like_rare_words()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new UnitRow { Units = ["a", "b c", "a"] }]);
        RnnLanguageModelTransformer model = _ml.Transforms.Text.NGramLanguageModel("Units").Fit(data);
        Assert.Equal(["", "<unk>", "a"], model.Symbols);
        Assert.Contains("4-gram", model.ToString());
    }

    [Fact]
    public void Rows_that_change_between_the_passes_are_refused()
    {
        int pass = 0;
        IDataView random = _ml.Transforms.CustomMapping<TextRows.TextLine, TextRows.TextLine>(
            (row, changed) => changed.Text = new string('a', ++pass), null).Fit(TextRows.Of(_ml, "a")).Transform(TextRows.Of(_ml, "a", "a"));
        Assert.Contains("the same rows at each pass", Assert.Throws<InvalidOperationException>(
            () => _ml.Transforms.Text.NGramLanguageModel().Fit(random)).Message);
    }

    [Theory]
    [InlineData(RnnLanguageUnit.Character)]
    [InlineData(RnnLanguageUnit.Word)]
    [InlineData(RnnLanguageUnit.Subword)]
    public void The_pieces_of_a_text_are_what_its_symbols_added(RnnLanguageUnit unit)
    {
        string[] texts = ["né 😀 oui, né", "oui né 😀", "né né oui 😀 👍🏽"];
        RnnLanguageModelTransformer model = TextRows.Train(_ml, new() { Unit = unit, MinimumCount = 1, MaximumVocabularySize = 300, Order = 3 }, texts);
        RnnTextGenerator generator = _ml.Rnn().CreateTextGenerator(model);
        foreach (string[] stops in new string[][] { [], ["u"], ["i n", "é"] })
            foreach (int seed in Enumerable.Range(0, 20))
            {
                RnnGeneratedText text = generator.GenerateMany(["né"], new() { Seed = seed, MaximumLength = 9, StopSequences = stops })[0][0];
                Assert.Equal(text.Text, string.Concat(text.Pieces));
                Assert.Equal(text.Symbols.Count, text.Pieces.Count);
                if (unit == RnnLanguageUnit.Character && stops.Length == 0) Assert.Equal(text.Symbols, text.Pieces);
            }
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
