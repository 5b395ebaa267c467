using FsCheck.Xunit;
using MlNetRnn.Evaluation;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>The words of captions: lower case, contractions divided as in the Penn Treebank, no punctuation.</summary>
public class CaptionTokensTests
{
    [Theory]
    [InlineData("A man, riding (a) \"horse\"!", "a man riding a horse")]
    [InlineData("The girl's umbrella isn't red - it’s BLUE...", "the girl 's umbrella is n't red it 's blue")]
    [InlineData("They can't; I couldn't've; cannot, gonna, we'll", "they ca n't i could n't 've can not gon na we 'll")]
    [InlineData("the dogs' bowls, 'quoted' o'clock", "the dogs bowls quoted o'clock")]
    [InlineData("already man 's and do n't", "already man 's and do n't")]
    [InlineData("a black-and-white dog -- a 10-year-old", "a black-and-white dog a 10-year-old")]
    [InlineData("1,000 people at 12:30 p.m. in the U.S. Yes.", "1,000 people at 12:30 p.m. in the u.s. yes")]
    [InlineData("end of a caption.Next one", "end of a caption next one")]
    [InlineData("$5 & 50% #1 a/b", "$ 5 & 50 % # 1 a / b")]
    [InlineData("Ein Mädchen läuft über die Straße", "ein mädchen läuft über die straße")]
    [InlineData("a\u00A0😀\tdog\n", "a 😀 dog")]
    [InlineData(" . ", "")]
    [InlineData("", "")]
    public void Words_are_those_of_coco_caption(string text, string expected) => Assert.Equal(expected, Coco(text));

    [Theory]
    [InlineData(" A  dog.\tRuns \n", "A dog. Runs")]
    [InlineData("", "")]
    public void Tokenized_texts_are_divided_at_white_space(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', CaptionTokens.Of(RnnCaptionTokenization.None)(text)));

    [Property(MaxTest = 1000)]
    public void Words_stay_the_same_when_they_are_divided_again(string? text)
    {
        string words = Coco(text ?? "");
        Assert.Equal(words, Coco(words));
    }

    private static string Coco(string text) => string.Join(' ', CaptionTokens.Of(RnnCaptionTokenization.Coco)(text));
}
