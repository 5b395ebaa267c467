using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Translation;

namespace MlNetRnn.Contracts;

/// <summary>Translation models with an encoder for each source language, and with a decoder for each target language.</summary>
public class LanguagePartsTests : TranslationCase
{
    private static RnnTranslationOptions Options(bool encoders, bool decoders) => Small with
    {
        SourceLanguageColumnName = "From",
        TargetLanguageColumnName = "To",
        EncoderPerLanguage = encoders,
        DecoderPerLanguage = decoders,
        SourceSymbolsColumnName = "Symbols",
        EncoderStateColumnName = "State",
        Training = Small.Training with { MaxEpochs = 40 },
    };

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Each_language_uses_its_own_parts(bool encoders, bool decoders)
    {
        RnnTranslationTransformer model = Fit(Options(encoders, decoders), BothDirections(_ml));
        var network = (RecurrentTranslationModel)model.Model;
        Assert.Equal((encoders ? 2 : 1) * (decoders ? 2 : 1), network.EncoderGraphs.Length);
        Assert.Equal(decoders ? 2 : 1, network.StepGraphs.Length);

        RnnTranslator translator = Translator(model);
        string[] english = [.. Sources.Select(source => translator.Translate(source, targetLanguage: "en", sourceLanguage: "de"))];
        Assert.True(english.Zip(Pairs).Count(pair => pair.First == pair.Second.Target) >= 9, string.Join(", ", english));
        string[] german = [.. Pairs.Take(12).Select(pair => translator.Translate(pair.Target, targetLanguage: "de", sourceLanguage: "en"))];
        Assert.True(german.Zip(Sources).Count(pair => pair.First == pair.Second) >= 9, string.Join(", ", german));

        // Rows of different languages in one block, and the same after saving and loading.
        IDataView mixed = _ml.LoadRows(24, i => i % 2 == 0
            ? new ScoringRow { Source = Sources[i / 2], From = "de", To = "en" }
            : new ScoringRow { Source = Pairs[i / 2].Target, From = "en", To = "de" });
        string[] expected = [.. Enumerable.Range(0, 24).Select(i => (i % 2 == 0 ? english : german)[i / 2])];
        Assert.Equal(expected, Texts(model.Transform(mixed)));
        ITransformer loaded = _ml.SaveAndLoad(model);
        Assert.Equal(expected, Texts(loaded.Transform(mixed)));
        Assert.All(loaded.Transform(mixed).GetColumn<float[]>("State"), state => Assert.Equal(32, state.Length));
        string[] symbols = loaded.Transform(mixed).GetColumn<ReadOnlyMemory<char>[]>("Symbols").First().Select(text => text.ToString()).ToArray();
        Assert.Equal(decoders ? [.. Sources[0].Split(' '), ""] : ["<2en>", .. Sources[0].Split(' '), ""], symbols);
    }

    [Fact]
    public void The_language_of_the_source_is_required_where_it_has_an_encoder()
    {
        RnnTranslationTransformer model = Fit(Options(true, true) with { Training = Small.Training with { MaxEpochs = 1 } }, BothDirections(_ml));
        AssertThrows.With<ArgumentException>(
            () => Translator(model).Translate("rot", targetLanguage: "en"), "Source language: expected one of de, en, got none");
        AssertThrows.With<ArgumentOutOfRangeException>(
            () => model.Transform(_ml.LoadRows(1, _ => new ShortRow { Source = "rot", To = "en" })), "language column 'From'");
        AssertThrows.With<ArgumentException>(
            () => _ml.Transforms.Text.RnnTranslation(Small with { EncoderPerLanguage = true, DecoderPerLanguage = true }),
            "EncoderPerLanguage: expected false without SourceLanguageColumnName", "DecoderPerLanguage: expected false without TargetLanguageColumnName");
        RnnTranslationTransformer continued = _ml.Transforms.Text.RnnTranslation(
            Small with { SourceLanguageColumnName = "From", TargetLanguageColumnName = "To", Training = Small.Training with { MaxEpochs = 1 } })
            .ContinueFrom(model).Fit(BothDirections(_ml));
        Assert.True(continued.Spec.Languages!.EncoderPerLanguage);
    }

    private static IDataView BothDirections(MLContext ml) => ml.LoadRows(
        [.. Pairs.SelectMany(pair => new LanguageRow[] { new(pair.Source, pair.Target, "de", "en"), new(pair.Target, pair.Source, "en", "de") })]);

    private class ShortRow
    {
        public string Source { get; set; } = "";

        public string To { get; set; } = "";
    }

    private sealed class ScoringRow : ShortRow
    {
        public string From { get; set; } = "";
    }
}
