using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Data that is hard to translate or to train on.</summary>
public class TranslationInputTests : TranslationCase
{
    [Fact]
    public void Empty_missing_and_unknown_sources_are_translated()
    {
        string?[] sources = ["", null, "   ", "東京 ÄÖ", "zzz"];
        string[] texts = Texts(Trained.Transform(SourceData(sources)));
        Assert.Equal(sources.Length, texts.Length);
        // What the encoder reads is the same.
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], texts[2]);
        RnnTranslation empty = Translator(Trained).TranslateMany([""])[0][0];
        Assert.Equal(texts[0], empty.Text);
        Assert.Equal([""], empty.SourceSymbols);
        Assert.False(empty.IsSourceTruncated);
        Assert.Equal(["<unk>", ""], Translator(Trained).TranslateMany(["zzz"])[0][0].SourceSymbols);
    }

    [Fact]
    public void A_long_source_is_truncated_and_the_translation_states_it()
    {
        string[] words = [.. Enumerable.Range(0, 10_000).Select(i => Sources[i % 12].Split(' ')[0])];
        var options = new RnnTranslationDecodingOptions { MaximumLength = 5 };
        RnnTranslation[] all = [.. new[] { string.Join(' ', words), string.Join(' ', words[..21]), string.Join(' ', words[..20]) }
            .Select(source => Translator(Trained).TranslateMany([source], options)[0][0])];
        Assert.Equal([true, true, false], all.Select(translation => translation.IsSourceTruncated));
        Assert.All(all, translation => Assert.Equal([.. words[..20], ""], translation.SourceSymbols));
        Assert.All(all, translation => Assert.Equal(all[0].Text, translation.Text));
        Assert.Equal(all[0].Text, Texts(Trained.WithDecoding(options).Transform(SourceData(string.Join(' ', words))))[0]);
        Assert.All(all[0].Attention, weights => Assert.Equal(21, weights.Count));
    }

    [Fact]
    public void The_reason_for_the_end_is_reported()
    {
        RnnTranslator translator = Translator(Trained);
        RnnTranslation whole = translator.TranslateMany(["rot hund haus"])[0][0];
        Assert.Equal(RnnGenerationEnd.DocumentEnd, whole.End);
        Assert.Equal("", whole.Symbols[^1]);
        foreach (int beam in new[] { 0, 1, 4 })
        {
            var options = new RnnTranslationDecodingOptions { BeamWidth = beam, MaximumLength = 1, TopK = beam == 0 ? 1 : 0 };
            RnnTranslation cut = translator.TranslateMany(["rot hund haus"], options)[0][0];
            Assert.Equal(RnnGenerationEnd.MaximumLength, cut.End);
            Assert.Equal("red", cut.Text);
        }
    }

    [Fact]
    public void The_target_is_not_needed_for_translation_and_other_columns_are_refused()
    {
        Assert.Equal(Texts(Trained.Transform(Data(Pairs[..4]))), Texts(Trained.Transform(SourceData([.. Pairs[..4].Select(pair => pair.Source)]))));
        IDataView renamed = _ml.DropColumn(_ml.CopyColumn(SourceData("rot"), "Text", "Source"), "Source");
        AssertThrows.With<ArgumentOutOfRangeException>(() => Trained.Transform(renamed), "input column 'Source'", "String");
        AssertThrows.With<ArgumentOutOfRangeException>(() => Fit(Small, SourceData("rot")), "input column 'Target'");
    }

    [Fact]
    public void Pairs_with_an_empty_side_and_long_targets_are_counted_and_left_out()
    {
        List<string> log = _ml.RecordLog();
        Pair[] bad = [new("", "red"), new("rot", null), new("  ", "dog"), new("hund", "\t"), new(null, null), new("rot", "red dog red dog red")];
        RnnTranslationOptions options = Small with { MaximumLength = 4, Training = Small.Training with { MaxEpochs = 1 } };
        Fit(options, [.. Pairs, .. bad, new("rot rot rot rot rot", "red")]);
        Assert.Contains(log, line => line.Contains("training data: 5 of 67 pairs with an empty source or target were left out"));
        Assert.Contains(log, line => line.Contains("training data: 1 of 67 pairs whose target has more than 4 symbols (MaximumLength) were left out"));
        Assert.Contains(log, line => line.Contains("training data: 1 of 67 sources of more than 4 steps (MaximumLength) were truncated"));
        Assert.Contains(log, line => line.Contains("training on 61 pairs"));
        AssertThrows.With<InvalidOperationException>(() => Fit(options, bad),
            "The training data: expected at least one pair with a source in column 'Source' and a target in column 'Target', got none",
            "6 rows, 5 with an empty side, 1 with a target of more than 4 symbols");
        RnnTrainingOptions validated = options.Training with { ValidationSet = Data(bad) };
        AssertThrows.With<InvalidOperationException>(() => Fit(options with { Training = validated }, Pairs), "The validation set: expected at least one pair");
    }

    [Fact]
    public void Invalid_surrogates_are_read_and_translated()
    {
        string[] texts = ["\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "😀"];
        foreach (RnnLanguageUnit unit in Enum.GetValues<RnnLanguageUnit>())
        {
            RnnTranslationOptions options = Small with { Unit = unit, Training = Small.Training with { MaxEpochs = 1 } };
            RnnTranslationTransformer model = Fit(options, [.. texts.Select(text => new Pair(text, text)), .. Pairs[..4]]);
            Assert.Equal(texts.Length, Texts(model.Transform(SourceData(texts))).Length);
            IReadOnlyList<RnnTranslation> scored = Translator(model).Score(texts, texts);
            Assert.All(scored, translation => Assert.True(translation.Score < 0 && double.IsFinite(translation.Score)));
        }
    }

    [Fact]
    public void Null_is_refused()
    {
        RnnTranslator translator = Translator(Trained);
        Assert.Throws<ArgumentException>(() => translator.Translate(null!));
        Assert.Throws<ArgumentNullException>(() => translator.TranslateMany(null!));
        AssertThrows.With<ArgumentException>(() => translator.Score(["rot", "rot"], ["red", null!]), "expected texts, got null among them");
        AssertThrows.With<ArgumentException>(() => translator.Score(["rot", "rot"], ["red"]), "expected one for each of 2 sources, got 1");
        Assert.Empty(translator.TranslateMany([]));
        Assert.Empty(translator.Score([], []));
        AssertThrows.With<ArgumentException>(() => Translator(_ml.Transforms.CopyColumns("Copy", "Source").Fit(SourceData("rot"))),
            "expected a translation model", "got none");
    }
}
