using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>ContinueFrom: training continues from a language model.</summary>
public class ContinuedLanguageModelTests : LanguageModelCase
{
    [Theory]
    [InlineData(RnnLanguageUnit.Character, false)]
    [InlineData(RnnLanguageUnit.Word, true)]
    [InlineData(RnnLanguageUnit.Subword, true)]
    public void Training_continues_from_a_loaded_model(RnnLanguageUnit unit, bool isTied)
    {
        RnnLanguageModelOptions options = Joined with { Unit = unit, Network = Joined.Network with { TiedEmbeddings = isTied } };
        RnnLanguageModelTransformer first = Fit(options, Lines);
        var loaded = (RnnLanguageModelTransformer)_ml.SaveAndLoad(first);
        RnnLanguageModelTransformer Continue(RnnTrainingOptions training) =>
            _ml.Transforms.Text.RnnLanguageModel(new RnnLanguageModelOptions { JoinRows = true, Training = training }).ContinueFrom(loaded).Fit(Data(Lines));

        RnnLanguageModelTransformer same = Continue(options.Training with { MaxEpochs = 1, LearningRate = 1e-9f });
        float[] expected = Scores(first, Lines), actual = Scores(same, Lines);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-3);
        Assert.True(Scores(Continue(options.Training with { MaxEpochs = 5 }), Lines).Average() > expected.Average());
        Assert.Equal(unit, same.Unit);
        Assert.Equal(first.SymbolCount, same.SymbolCount);
    }

    [Fact]
    public void Unseen_units_are_read_as_the_unknown_symbol()
    {
        RnnLanguageModelTransformer first = Fit(Joined, Lines);
        RnnLanguageModelTransformer second = _ml.Transforms.Text.RnnLanguageModel(Joined).ContinueFrom(first).Fit(Data("ÄÖÜ word", "late ÄÖÜ"));
        Assert.Equal(first.SymbolCount, second.SymbolCount);
        Assert.Equal(Scores(second, "Ä"), Scores(second, "Ö"));
    }

    [Fact]
    public void A_model_that_does_not_match_is_refused()
    {
        RnnLanguageModelTransformer model = Fit(Joined, Lines);
        RnnLanguageModelTrainer Wanted(RnnLanguageModelOptions options) => _ml.Transforms.Text.RnnLanguageModel(options).ContinueFrom(model);
        AssertThrows.With<ArgumentException>(() => Wanted(Joined with { Network = Joined.Network with { HiddenSize = 100 } }),
            "ContinueFrom, options Network: expected those of the model or the defaults");
        AssertThrows.With<ArgumentException>(() => Wanted(Joined with { Unit = RnnLanguageUnit.Word }), "ContinueFrom, options Unit");
        AssertThrows.With<ArgumentException>(() => Wanted(Joined with { MinimumCount = 3 }), "ContinueFrom, options MinimumCount");
        AssertThrows.With<ArgumentException>(() => Wanted(Joined with { MaximumVocabularySize = 3 }), "ContinueFrom, options MaximumVocabularySize");
        IDataView units = _ml.LoadRows(4, _ => new UnitsRow { Text = ["a", "b"] });
        AssertThrows.With<ArgumentException>(() => Wanted(Joined).Fit(units),
            "ContinueFrom, kind of input column: expected that of the model, String, got Vector<String>");
        Assert.Throws<ArgumentNullException>(() => _ml.Transforms.Text.RnnLanguageModel(Joined).ContinueFrom(null!));
    }

    private sealed class UnitsRow
    {
        [VectorType(2)]
        public string[] Text { get; set; } = [];
    }
}
