using FsCheck.Xunit;
using MlNetRnn.Evaluation;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>The identifier of languages, with the toy languages of <see cref="ToyLanguages"/>.</summary>
public class LanguageIdentifierTests
{
    [Fact]
    public void Unseen_sentences_are_identified()
    {
        LanguageIdentifier identifier = Learned(ToyLanguages.Names, sentences: 20);
        Assert.Equal(ToyLanguages.Names, identifier.Languages);
        foreach (string language in ToyLanguages.Names)
            for (int i = 20; i < 40; i++) Assert.Equal(language, identifier.Identify(ToyLanguages.Sentence(language, i)));
    }

    [Theory]
    [InlineData("BAKADA", "ba")]
    [InlineData("bakada, 2024!", "ba")]
    [InlineData("  ", null)]
    [InlineData("", null)]
    [InlineData("12:30 -- 5 €", null)]
    public void Case_digits_and_punctuation_do_not_count(string text, string? expected) =>
        Assert.Equal(expected, Learned(["ba", "xi"], sentences: 10).Identify(text));

    /// <summary>Both languages give unseen letters the same probability, because they have one alphabet.</summary>
    [Fact]
    public void Unseen_letters_have_the_first_language_of_equal_ones()
    {
        LanguageIdentifier identifier = LanguageIdentifier.Learn([new("b", ["ab ba"]), new("a", ["ab ba"])]);
        Assert.Equal("a", identifier.Identify("жж"));
        Assert.Equal("a", identifier.Identify("ab"));
    }

    [Property(MaxTest = 200)]
    public void Any_text_is_identified_the_same_way_each_time(string? text)
    {
        LanguageIdentifier identifier = Learned(ToyLanguages.Names, sentences: 3), same = Learned([.. ToyLanguages.Names.Reverse()], sentences: 3);
        string? language = identifier.Identify(text ?? "");
        Assert.Equal(language, same.Identify(text ?? ""));
        Assert.Equal(language is null, !LanguageLetters.Occur(text ?? ""));
    }

    [Fact]
    public void Letters_have_their_marks_and_words_end_with_a_boundary()
    {
        var letters = new LanguageLetters(["Ab", "e\u0301"]);
        Assert.Equal(6, letters.Count);
        Assert.Equal([2, 3, 0, 4, 5, 0, 1, 0], letters.Of(" aB, (E\u0301)\nz"));
        Assert.Empty(letters.Of("1 2"));
    }

    [Fact]
    public void Accuracy_is_measured_on_other_texts_than_those_that_were_learned()
    {
        var texts = new LanguageTexts();
        // No word of one text occurs in another: only texts that were learned are identified.
        foreach (string text in new[] { "abab", "cdcd" }) texts.Add("one", text);
        foreach (string text in new[] { "cdcd", "abab" }) texts.Add("two", text);
        RnnLanguageIdentificationMetrics metrics = texts.Measure();
        Assert.Equal((4, 0.0), (metrics.Texts, metrics.Accuracy));
        Assert.Equal(
            "language identification: accuracy 0.0000 on 4 held-out texts (one 0.0000, two 0.0000)", metrics.ToString());
    }

    [Fact]
    public void A_text_counts_once_and_a_single_text_is_not_identified()
    {
        var texts = new LanguageTexts();
        for (int i = 0; i < 3; i++) texts.Add("xi", "xixi zizi");
        foreach (string text in new[] { "baka daba", "kada baba", "", "!" }) texts.Add("ba", text);
        RnnLanguageIdentificationMetrics metrics = texts.Measure();
        Assert.Equal((2, 1.0), (metrics.Texts, metrics.Accuracy));
        Assert.Equal(["ba", "xi"], metrics.AccuracyByLanguage.Keys);
        Assert.True(double.IsNaN(metrics.AccuracyByLanguage["xi"]));
    }

    [Fact]
    public void One_language_is_not_identified()
    {
        var texts = new LanguageTexts();
        Assert.Null(texts.Learn());
        texts.Add("ba", "baba");
        texts.Add("xi", "?");
        Assert.Null(texts.Learn());
    }

    private static LanguageIdentifier Learned(string[] languages, int sentences) => LanguageIdentifier.Learn(languages.Select(language =>
        KeyValuePair.Create(language, (IReadOnlyList<string>)[.. Enumerable.Range(0, sentences).Select(i => ToyLanguages.Sentence(language, i))])));
}
