using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Unknown words of a translation are replaced by the words of the source that they are aligned with (Luong et al., 2015).</summary>
public class UnknownWordTranslationTests : TranslationCase
{
    private static readonly RnnTranslationDecodingOptions Replacing = new() { BeamWidth = 1, ReplaceUnknown = true };

    private static readonly string[] Named = ["hund xaver", "rot tim haus", "quax hund", "katze blau tom"];

    /// <summary>Each name occurs once, so that it is unknown.</summary>
    private static readonly Lazy<RnnTranslationTransformer> WithNames = new(() =>
    {
        var ml = new MLContext(1);
        RnnTranslationOptions options = Small with { MinimumCount = 2, Training = Small.Training with { MaxEpochs = 15 } };
        return ml.Transforms.Text.RnnTranslation(options).Fit(ml.LoadRows(
            [.. Pairs.Select((pair, i) => new Pair($"{pair.Source} name{i}x", $"{pair.Target} name{i}x"))]));
    });

    [Fact]
    public void An_unknown_word_becomes_the_word_with_the_greatest_attention()
    {
        RnnTranslator translator = Translator(WithNames.Value);
        int replaced = 0, names = 0;
        foreach (string source in Named)
        {
            RnnTranslation found = translator.TranslateMany([source], Replacing)[0][0];
            string[] words = [.. source.Split(' '), ""];
            string[] expected = [.. found.Symbols.SkipLast(1).Select((symbol, i) =>
                symbol == "<unk>" && words[IndexOfMax(found.Attention[i])] is { Length: > 0 } word ? word : symbol)];
            Assert.Equal(RnnGenerationEnd.DocumentEnd, found.End);
            Assert.Equal(string.Join(' ', expected), found.Text);
            replaced += found.Symbols.Count(symbol => symbol == "<unk>");
            names += expected.Count(word => word is "xaver" or "tim" or "quax" or "tom");
            Assert.DoesNotContain("<unk>", translator.Translate(source));
            Assert.Equal(string.Join(' ', found.Symbols.SkipLast(1)), translator.Translate(source, new() { BeamWidth = 1, AllowUnknown = true }));
        }
        Assert.True(replaced > 2 && names > 0, $"{replaced} words were replaced, {names} of them by names");
    }

    [Fact]
    public void A_transformer_replaces_unknown_words_too()
    {
        RnnTranslationTransformer model = WithNames.Value.WithDecoding(Replacing);
        string[] expected = [.. Named.Select(source => Translator(model).Translate(source))];
        Assert.Equal(expected, Texts(model.Transform(SourceData(Named))));
        Assert.Equal(expected, Texts(_ml.SaveAndLoad(model).Transform(SourceData(Named))));
        // The score of given targets replaces nothing.
        Assert.Equal("dog <unk>", Translator(model).Score(["hund xaver"], ["dog nobody"])[0].Text);
    }

    [Fact]
    public async Task A_stream_of_a_model_that_replaces_words_does_not_replace_them()
    {
        RnnTranslationTransformer model = WithNames.Value.WithDecoding(Replacing);
        var text = new System.Text.StringBuilder();
        await foreach (string part in Translator(model).StreamAsync(Named[0])) text.Append(part);
        Assert.Equal(Translator(model).Translate(Named[0], new() { BeamWidth = 1 }), text.ToString());
    }

    private static int IndexOfMax(IReadOnlyList<float> weights) => weights.Index().MaxBy(weight => weight.Item).Index;
}
