using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The metrics of language models against sums by hand.</summary>
public class LanguageModelEvaluationTests : LanguageModelCase
{
    [Fact]
    public void Scored_rows_are_counted_in_symbols_characters_and_words()
    {
        // 2 words of 5 characters, no words and 2 blanks, one word of 2 code points (4 UTF-16 code units); each row has an end.
        ScoredLine[] rows =
        [
            new() { Text = "ab cd", LogProbability = -6, Each = [-1, -2, -3] },
            new() { Text = "  ", LogProbability = -1, Each = [-1] },
            new() { Text = "😀👍", LogProbability = -5, Each = [-2, -3] },
        ];
        RnnLanguageModelMetrics metrics = _ml.Rnn().EvaluateLanguageModel(_ml.LoadRows(rows), symbolLogProbabilitiesColumnName: "Each");
        Assert.Equal(3, metrics.Rows);
        Assert.Equal(-12, metrics.LogProbability);
        Assert.Null(metrics.UnknownSymbols);
        AssertIs(6, 2, metrics.PerSymbol);
        AssertIs(12, 1, metrics.PerCharacter);
        AssertIs(6, 2, metrics.PerWord);
        Assert.Equal(
            "per        count    nats    bits  perplexity\n"
            + "symbol         6  2.0000  2.8854      7.3891\n"
            + "character     12  1.0000  1.4427      2.7183\n"
            + "word           6  2.0000  2.8854      7.3891\n",
            metrics.ToString());
        RnnLanguageModelMetrics without = _ml.Rnn().EvaluateLanguageModel(_ml.LoadRows(rows));
        Assert.True(double.IsNaN(without.PerSymbol.Nats));
        AssertIs(12, 1, without.PerCharacter);
        RnnLanguageModelMetrics none = _ml.Rnn().EvaluateLanguageModel(_ml.LoadRows<ScoredLine>());
        Assert.True(none.Rows == 0 && double.IsNaN(none.PerWord.Perplexity));
    }

    [Fact]
    public void A_model_and_the_rows_that_it_scored_have_the_same_metrics()
    {
        RnnLanguageModelTransformer model = Fit(Joined with { JoinRows = false }, Lines);
        IDataView data = Data("late ÄÖ", "", null, "double word1");
        RnnLanguageModelMetrics expected = _ml.Rnn().EvaluateLanguageModel(model.Transform(data), symbolLogProbabilitiesColumnName: "Each");
        RnnLanguageModelMetrics actual = _ml.Rnn().EvaluateLanguageModel(model, data);
        Assert.Equal(expected.PerSymbol.Count, actual.PerSymbol.Count);
        Assert.Equal(expected.PerSymbol.Nats, actual.PerSymbol.Nats, 1e-5);
        Assert.Equal(expected.PerWord.Bits, actual.PerWord.Bits, 1e-5);
        Assert.Equal(actual.PerSymbol.Count, actual.PerCharacter.Count);
        Assert.Equal(2, actual.UnknownSymbols);
        Assert.EndsWith("unknown symbols: 2\n", actual.ToString());
    }

    /// <summary>A model that was trained on a stream reads rows as a document that contains all of them, with boundaries between.</summary>
    [Fact]
    public void The_state_of_a_stream_goes_on_from_row_to_row()
    {
        RnnLanguageModelTransformer model = Fit(Joined with { Training = Joined.Training with { MaxEpochs = 8 } }, Lines);
        var symbols = new List<int> { 0 };
        foreach (string line in Lines)
        {
            model.Model.Codec.Encode(line, symbols);
            symbols.Add(0);
        }
        RnnLanguageModelMetrics metrics = _ml.Rnn().EvaluateLanguageModel(model, Data(Lines));
        Assert.Equal(model.Model.Score([.. symbols]).Sum(value => (double)value), metrics.LogProbability, 1e-3);
        Assert.Equal(symbols.Count - 1, metrics.PerSymbol.Count);
        Assert.Equal(60, metrics.Rows);
        Assert.NotEqual(Scores(model, Lines).Sum(value => (double)value), metrics.LogProbability, 1e-2);
    }

    [Fact]
    public void A_chain_is_applied_and_units_are_counted_as_words()
    {
        ITransformer chain = _ml.Transforms.Text.TokenizeIntoWords("Text")
            .Append(_ml.Transforms.Text.RnnLanguageModel(Joined with { MinimumCount = 1 })).Fit(Data(Lines));
        RnnLanguageModelMetrics metrics = _ml.Rnn().EvaluateLanguageModel(chain, Data("late word1", "double"));
        Assert.Equal(5, metrics.PerWord.Count);
        Assert.Equal(5, metrics.PerSymbol.Count);
        Assert.True(double.IsNaN(metrics.PerCharacter.Nats));
        Assert.Equal(metrics.PerWord.Nats, metrics.PerSymbol.Nats);
    }

    [Fact]
    public void Wrong_columns_and_models_are_refused()
    {
        AssertThrows.With<ArgumentOutOfRangeException>(() => _ml.Rnn().EvaluateLanguageModel(Data(Lines)), "log-probability column 'LogProbability'", "Single");
        IDataView scored = _ml.CopyColumn(Data(Lines), "LogProbability", "Text");
        AssertThrows.With<ArgumentOutOfRangeException>(() => _ml.Rnn().EvaluateLanguageModel(scored), "log-probability column 'LogProbability'", "got String");
        AssertThrows.With<ArgumentOutOfRangeException>(() => _ml.Rnn().EvaluateLanguageModel(scored, "Body"), "'Body'");
        ITransformer copy = _ml.Transforms.CopyColumns("Same", "Text").Fit(Data(Lines));
        AssertThrows.With<ArgumentException>(() => _ml.Rnn().EvaluateLanguageModel(copy, Data(Lines)), "Evaluation: expected a language model", "got none");
    }

    private static void AssertIs(long count, double nats, RnnCrossEntropy actual)
    {
        Assert.Equal(count, actual.Count);
        Assert.Equal(nats, actual.Nats, 1e-9);
        Assert.Equal(nats / Math.Log(2), actual.Bits, 1e-9);
        Assert.Equal(Math.Exp(nats), actual.Perplexity, 1e-9);
    }

    private sealed class ScoredLine
    {
        public string Text { get; set; } = "";

        public float LogProbability { get; set; }

        public float[] Each { get; set; } = [];
    }
}
