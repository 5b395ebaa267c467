using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Translation models of several languages.</summary>
public class TranslationLanguageTests : TranslationCase
{
    private static readonly RnnTranslationOptions Several = Small with
    {
        SourceLanguageColumnName = "From",
        TargetLanguageColumnName = "To",
        SourceSymbolsColumnName = "SourceSymbols",
        Training = Small.Training with { MaxEpochs = 12 },
    };

    private static readonly Lazy<RnnTranslationTransformer> Shared = new(() =>
    {
        var ml = new MLContext(1);
        return ml.Transforms.Text.RnnTranslation(Several).Fit(BothDirections(ml));
    });

    private static RnnTranslationTransformer Multilingual => Shared.Value;

    /// <summary>Every pair in both directions: each direction has a target language.</summary>
    private static IDataView BothDirections(MLContext ml) => ml.LoadRows(
        [.. Pairs.SelectMany(pair => new LanguageRow[] { new(pair.Source, pair.Target, "de", "en"), new(pair.Target, pair.Source, "en", "de") })]);

    [Fact]
    public void The_target_language_determines_the_translation()
    {
        RnnTranslator translator = Translator(Multilingual);
        Assert.Equal(["en", "de"], Multilingual.TargetLanguages);
        Assert.Equal(["de", "en"], Multilingual.SourceLanguages);
        string[] english = [.. Sources.Select(source => translator.Translate(source, targetLanguage: "en"))];
        string[] german = [.. Sources.Select(source => translator.Translate(source, targetLanguage: "de"))];
        Assert.NotEqual(english, german);
        RnnTranslation one = translator.TranslateMany([Sources[0]], targetLanguage: "en")[0][0];
        Assert.Equal(["<2en>", .. Sources[0].Split(' '), ""], one.SourceSymbols);
        IDataView rows = _ml.LoadRows(24, i => new ScoringRow { Source = Sources[i / 2], To = i % 2 == 0 ? "en" : "de" });
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (i % 2 == 0 ? english : german)[i / 2]), Texts(Multilingual.Transform(rows)));
    }

    [Fact]
    public void A_pair_of_languages_that_was_not_trained_on_can_be_translated()
    {
        IDataView rows = _ml.LoadRows(1, _ => new ScoringRow { Source = "rot hund", To = "de" });
        Assert.Equal(Translator(Multilingual).Translate("rot hund", targetLanguage: "de"), Texts(Multilingual.Transform(rows))[0]);
    }

    [Fact]
    public async Task An_unknown_language_is_refused_with_the_languages_of_the_model()
    {
        RnnTranslator translator = Translator(Multilingual);
        string[] parts = ["expected one of the languages of the training data, 'en', 'de'", "got 'fr'"];
        AssertThrows.With<ArgumentException>(() => translator.Translate("rot", targetLanguage: "fr"), parts);
        AssertThrows.With<ArgumentException>(() => translator.StreamAsync("rot", targetLanguage: "fr"), parts);
        AssertThrows.With<ArgumentException>(() => translator.Score(["rot"], ["red"], "fr"), parts);
        AssertThrows.With<ArgumentException>(() => translator.Translate("rot"), "Target language: expected one of en, de, got none");
        AssertThrows.With<ArgumentException>(() => Translator(Trained).Translate("rot", targetLanguage: "en"),
            "expected none for a model of one pair of languages, got 'en'");
        IDataView rows = _ml.LoadRows(3, i => new ScoringRow { Source = "rot", To = i == 2 ? "fr" : "en" });
        AssertThrows.With<ArgumentException>(() => Texts(Multilingual.Transform(rows)), [.. parts, "Column 'To'"]);
        LanguageRow[] french = [new("rot", "rouge", "de", "fr")];
        AssertThrows.With<ArgumentException>(() => _ml.Transforms.Text.RnnTranslation(Several).ContinueFrom(Multilingual).Fit(_ml.LoadRows(french)), parts);
        RnnTrainingOptions validated = Several.Training with { ValidationSet = _ml.LoadRows(french) };
        AssertThrows.With<ArgumentException>(() => _ml.Transforms.Text.RnnTranslation(Several with { Training = validated }).Fit(BothDirections(_ml)), parts);
        // The rows before an unknown language are not lost for a stream of the same translator.
        var text = new System.Text.StringBuilder();
        await foreach (string part in translator.StreamAsync("rot hund", targetLanguage: "en")) text.Append(part);
        Assert.Equal(translator.Translate("rot hund", new() { BeamWidth = 1 }, "en"), text.ToString());
    }

    [Fact]
    public void The_log_lists_the_languages_and_an_ensemble_requires_the_same_ones()
    {
        List<string> log = _ml.RecordLog();
        RnnTranslationOptions one = Several with { Training = Small.Training with { MaxEpochs = 1 } };
        RnnTranslationTransformer model = _ml.Transforms.Text.RnnTranslation(one).Fit(BothDirections(_ml));
        Assert.Contains(log, line => line.Contains("languages: from de, en to en, de"));
        Assert.Equal(["en", "de"], ((RnnTranslationTransformer)_ml.SaveAndLoad(model)).TargetLanguages);
        Assert.Equal(["en", "de"], _ml.Rnn().CreateEnsemble(model, Multilingual).TargetLanguages);
        IDataView reversed = _ml.LoadRows(Pairs.SelectMany(pair => new LanguageRow[]
            { new(pair.Target, pair.Source, "en", "de"), new(pair.Source, pair.Target, "de", "en") }).ToArray());
        AssertThrows.With<ArgumentException>(
            () => _ml.Rnn().CreateEnsemble(Multilingual, _ml.Transforms.Text.RnnTranslation(one).Fit(reversed)),
            "Ensemble: expected models of the same languages, got en, de and de, en");
    }

    private sealed class ScoringRow
    {
        public string Source { get; set; } = "";

        public string To { get; set; } = "";
    }
}
