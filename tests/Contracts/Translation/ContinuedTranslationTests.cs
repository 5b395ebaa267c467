using Microsoft.ML;
using MlNetRnn.Translation;

namespace MlNetRnn.Contracts;

/// <summary>ContinueFrom: training continues from a translation model.</summary>
public class ContinuedTranslationTests : TranslationCase
{
    [Theory]
    [InlineData(RnnAttention.Additive, RnnCell.Gru)]
    [InlineData(RnnAttention.General, RnnCell.Lstm)]
    [InlineData(RnnAttention.None, RnnCell.Elman)]
    public void Training_continues_from_a_loaded_model(RnnAttention attention, RnnCell cell)
    {
        RnnTranslationOptions options = Small with
        {
            Unit = RnnLanguageUnit.Character,
            TargetUnit = RnnLanguageUnit.Word,
            Network = Small.Network with { Attention = attention, Cell = cell, Layers = 2, InputFeeding = attention == RnnAttention.General },
        };
        RnnTranslationTransformer first = Fit(options, Pairs);
        var loaded = (RnnTranslationTransformer)_ml.SaveAndLoad(first);
        RnnTranslationTransformer Continue(RnnTrainingOptions training) =>
            _ml.Transforms.Text.RnnTranslation(new RnnTranslationOptions { MaximumLength = 20, Metric = options.Metric, Training = training })
                .ContinueFrom(loaded).Fit(Data(Pairs));

        RnnTranslationTransformer same = Continue(options.Training with { MaxEpochs = 1, LearningRate = 1e-9f });
        Assert.Equal(Mean(first), Mean(same), 1e-3);
        Assert.Equal(first.Symbols, same.Symbols);
        Assert.Equal(first.Model.Source!.Count, same.Model.Source!.Count);
        Assert.True(Mean(Continue(options.Training with { MaxEpochs = 5 })) > Mean(first) + 0.01);

        double Mean(RnnTranslationTransformer model) => Translator(model)
            .Score([.. Pairs.Select(pair => pair.Source)], [.. Pairs.Select(pair => pair.Target)]).Average(pair => pair.Score / pair.Symbols.Count);
    }

    [Fact]
    public void Unseen_words_are_read_as_the_unknown_symbol()
    {
        RnnTranslationTransformer second = _ml.Transforms.Text.RnnTranslation(Small).ContinueFrom(Trained)
            .Fit(Data(new Pair("grün hund", "green dog"), new Pair("grau hund", "grey dog")));
        Assert.Equal(Trained.Symbols, second.Symbols);
        IReadOnlyList<RnnTranslation> scored = Translator(second).Score(["grün hund", "grau hund"], ["green dog", "grey dog"]);
        Assert.Equal(scored[0].Score, scored[1].Score);
    }

    [Fact]
    public void A_model_that_does_not_match_is_refused()
    {
        RnnTranslationTrainer Wanted(RnnTranslationOptions options) => _ml.Transforms.Text.RnnTranslation(options).ContinueFrom(Trained);
        AssertThrows.With<ArgumentException>(() => Wanted(Small with { Network = Small.Network with { HiddenSize = 100 } }),
            "ContinueFrom, options Network: expected those of the model or the defaults");
        AssertThrows.With<ArgumentException>(() => Wanted(Small with { Unit = RnnLanguageUnit.Character }), "ContinueFrom, options Unit");
        AssertThrows.With<ArgumentException>(() => Wanted(Small with { TargetUnit = RnnLanguageUnit.Character }), "ContinueFrom, options TargetUnit");
        AssertThrows.With<ArgumentException>(() => Wanted(Small with { JointVocabulary = true }), "ContinueFrom, options JointVocabulary");
        AssertThrows.With<ArgumentException>(() => Wanted(Small with { FrameSize = 2 }), "ContinueFrom, options FrameSize");
        AssertThrows.With<ArgumentException>(() => Wanted(Small with { MinimumCount = 3 }), "ContinueFrom, options MinimumCount");
        AssertThrows.With<ArgumentException>(() => Wanted(Small with { MaximumVocabularySize = 3 }), "ContinueFrom, options MaximumVocabularySize");
        Assert.Throws<ArgumentNullException>(() => _ml.Transforms.Text.RnnTranslation(Small).ContinueFrom(null!));
        AssertThrows.With<ArgumentException>(() => Wanted(Small).Fit(Units("Source")),
            "ContinueFrom, kind of source column: expected that of the model, String, got Vector<String>");
        AssertThrows.With<ArgumentException>(() => Wanted(Small).Fit(Units("Target")),
            "ContinueFrom, unit of target column: expected that of the model, Word, got Whitespace");
        IDataView languages = _ml.CopyColumn(Data(Pairs), "To", "Target");
        AssertThrows.With<ArgumentException>(() => Wanted(Small with { TargetLanguageColumnName = "To" }).Fit(languages),
            "ContinueFrom, TargetLanguageColumnName: expected null as for the model, got a name");
        var quantized = new RnnTranslationTransformer(Trained.Spec with { IsQuantized = true }, (RecurrentTranslationModel)Trained.Model);
        AssertThrows.With<ArgumentException>(() => _ml.Transforms.Text.RnnTranslation(Small).ContinueFrom(quantized), "quantized");
    }

    private IDataView Units(string column) => _ml.Transforms.Text.TokenizeIntoWords(column).Fit(Data(Pairs)).Transform(Data(Pairs));
}
