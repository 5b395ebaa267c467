using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Data that is hard to train a language model on.</summary>
public class LanguageModelInputTests : LanguageModelCase
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Empty_rows_train_a_model_that_ends_at_once(bool joinRows)
    {
        List<string> log = _ml.RecordLog();
        RnnLanguageModelOptions options = Joined with { JoinRows = joinRows, Training = Joined.Training with { MaxEpochs = 100 } };
        RnnLanguageModelTransformer model = Fit(options, "", null, "", "");
        Assert.Contains(log, line => line.Contains("expected at least two distinct units, got 0; the model will always predict the same"));
        Assert.Equal(2, model.SymbolCount);
        Assert.True(Scores(model, "")[0] > -0.2);
        // A stream goes on after each empty line.
        Assert.Equal(joinRows ? new string('\n', 200) : "", Generator(model).Generate());
        Assert.All(Scores(model, "never seen"), score => Assert.True(score < -1 && float.IsFinite(score)));
    }

    [Theory]
    [InlineData(RnnLanguageUnit.Character)]
    [InlineData(RnnLanguageUnit.Word)]
    [InlineData(RnnLanguageUnit.Whitespace)]
    [InlineData(RnnLanguageUnit.Subword)]
    public void One_symbol_trains(RnnLanguageUnit unit)
    {
        RnnLanguageModelOptions options = Joined with { Unit = unit, MinimumCount = 1, Training = Joined.Training with { ValidationFraction = 0.5 } };
        RnnLanguageModelTransformer model = Fit(options, "a");
        Assert.All(Scores(model, "a", "", "b"), score => Assert.True(score < 0 && float.IsFinite(score)));
        Assert.NotNull(Generator(model).Generate("a", new RnnGenerationOptions { Seed = 1, MaximumLength = 3 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_rows_the_training_is_refused(bool joinRows) =>
        AssertThrows.With<InvalidOperationException>(() => Fit(Joined with { JoinRows = joinRows }),
            "expected at least one row in the column 'Text', got none. Check the data and ValidationFraction.");

    [Fact]
    public void Too_few_rows_to_hold_some_out_are_reported()
    {
        List<string> log = _ml.RecordLog();
        Fit(Joined with { JoinRows = false, Training = Joined.Training with { ValidationFraction = 0.1 } }, "only row");
        Assert.Contains(log, line => line.Contains("too few rows to hold some out"));
        log.Clear();
        Fit(Joined with { Training = Joined.Training with { ValidationFraction = 0.1 } }, "only row, of which the end is held out");
        Assert.DoesNotContain(log, line => line.Contains("too few rows"));
        Assert.Contains(log, line => line.Contains("selecting the best epoch on 4"));
    }

    [Fact]
    public void An_empty_validation_set_is_refused() =>
        AssertThrows.With<InvalidOperationException>(() => Fit(Joined with { Training = Joined.Training with { ValidationSet = Data() } }, Lines),
            "The validation set: expected at least one row in the column 'Text', got none");

    [Fact]
    public void Invalid_surrogates_are_read_and_generated_as_they_are_or_replaced()
    {
        string[] texts = ["\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "😀"];
        foreach (RnnLanguageUnit unit in Enum.GetValues<RnnLanguageUnit>())
        {
            RnnLanguageModelTransformer model = Fit(Joined with { Unit = unit, MinimumCount = 1 }, texts);
            Assert.All(Scores(model, texts), score => Assert.True(score < 0 && float.IsFinite(score)));
            foreach (string text in texts)
                Assert.NotNull(Generator(model).Generate(text, new RnnGenerationOptions { Seed = 2, MaximumLength = 20, StopAtDocumentEnd = false }));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_that_change_between_two_passes_are_refused(bool joinRows)
    {
        var random = new Random(1);
        IDataView changing = _ml.Transforms.CustomMapping<Line, Line>((_, to) => to.Text = new string('a', random.Next(1, 99)), null)
            .Fit(Data(Lines)).Transform(Data(Lines));
        RnnLanguageModelOptions options = Joined with { JoinRows = joinRows, Training = Joined.Training with { ValidationFraction = 0.2 } };
        AssertThrows.With<InvalidOperationException>(() => Fit(options, changing), "expected the same rows at each pass", "AppendCacheCheckpoint");
    }
}
