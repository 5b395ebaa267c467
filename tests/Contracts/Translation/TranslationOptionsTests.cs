using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>All errors of options are reported together.</summary>
public class TranslationOptionsTests : TranslationCase
{
    [Fact]
    public void All_faults_of_a_trainer_are_reported_at_once()
    {
        var options = new RnnTranslationOptions
        {
            SourceColumnName = "",
            TargetColumnName = "Score",
            SourceLanguageColumnName = "From",
            MaximumVocabularySize = 10,
            MaximumLength = 0,
            LabelSmoothing = 1,
            SamplingProbability = -1,
            TargetUnit = RnnLanguageUnit.Word,
            JointVocabulary = true,
            Decoding = new RnnTranslationDecodingOptions { BeamWidth = -1, LengthPenalty = float.NaN, ReplaceUnknown = true },
            Network = new RnnTranslationNetworkOptions { Attention = RnnAttention.None, InputFeeding = true, Layers = 9, WordDropout = 0.1f },
            Training = new RnnTrainingOptions { BatchSize = 0 },
        };
        AssertThrows.With<ArgumentException>(() => _ml.Transforms.Text.RnnTranslation(options),
            "invalid option(s)", "SourceColumnName", "ScoreColumnName", "TargetLanguageColumnName: expected a name",
            "MaximumVocabularySize: expected 256 or more",
            "MaximumLength: expected 1 to 100000, got 0", "LabelSmoothing", "SamplingProbability", "TargetUnit: expected that of the source, Subword",
            "Decoding: BeamWidth", "LengthPenalty", "ReplaceUnknown: expected false for a model without attention", "Network.Layers: expected 1 to 8, got 9",
            "InputFeeding: expected false", "WordDropout: expected 0", "Training.BatchSize");
        Assert.Throws<ArgumentNullException>(() => _ml.Transforms.Text.RnnTranslation(null!));
    }

    [Theory]
    [InlineData(RnnAttention.Additive)]
    [InlineData(RnnAttention.None)]
    public void Input_feeding_requires_attention_after_the_state_update(RnnAttention attention) =>
        AssertThrows.With<ArgumentException>(
            () => Fit(Small with { Network = Small.Network with { Attention = attention, InputFeeding = true } }, Pairs),
            "1 invalid option(s)", $"InputFeeding: expected false when Attention is {attention}");

    [Fact]
    public void A_dot_product_requires_equal_sizes()
    {
        var network = new RnnTranslationNetworkOptions { Attention = RnnAttention.Dot, HiddenSize = 16, EncoderHiddenSize = 16 };
        AssertThrows.With<ArgumentException>(() => Fit(Small with { Network = network }, Pairs),
            "EncoderHiddenSize: expected source states of size 16", "got 32: set it to 8, or use General");
        AssertThrows.With<ArgumentException>(
            () => Fit(Small with { Network = Small.Network with { Cell = RnnCell.None } }, Pairs), "Cell: expected a recurrent cell");
    }

    [Fact]
    public void All_faults_of_the_decoding_are_reported_at_once()
    {
        var options = new RnnTranslationDecodingOptions { BeamWidth = 2, NBest = 3, CoveragePenalty = -1, Temperature = 2, TopK = -1, MaximumLength = 0 };
        Action[] uses =
        [
            () => Translator(Trained).Translate("rot", options), () => Trained.WithDecoding(options), () => Translator(Trained).StreamAsync("rot", options),
            () => Fit(Small with { Decoding = options }, Pairs),
        ];
        Assert.All(uses, use => AssertThrows.With<ArgumentException>(
            use, "invalid option(s)", "NBest", "CoveragePenalty: expected a finite number of 0 or more, got -1", "Temperature", "TopK", "MaximumLength"));
        AssertThrows.With<ArgumentException>(() => Translator(Trained).StreamAsync("rot", new() { BeamWidth = 2 }), "BeamWidth: expected 0 or 1 for a stream");
        AssertThrows.With<ArgumentException>(
            () => Translator(Trained).StreamAsync("rot", new() { BeamWidth = 1, ReplaceUnknown = true }), "ReplaceUnknown: expected false for a stream");
        AssertThrows.With<ArgumentException>(() => Translator(Trained).Translate("rot", new() { BeamWidth = 0, CoveragePenalty = 1 }), "CoveragePenalty");
    }

    [Fact]
    public void A_joint_vocabulary_requires_columns_of_the_same_kind()
    {
        IDataView data = _ml.Transforms.Text.TokenizeIntoWords("Source").Fit(Data(Pairs)).Transform(Data(Pairs));
        RnnTranslationTrainer trainer = _ml.Transforms.Text.RnnTranslation(Small with { JointVocabulary = true });
        AssertThrows.With<ArgumentOutOfRangeException>(() => trainer.Fit(data), "input column 'Target'", "joint vocabulary", "got String");
    }
}
