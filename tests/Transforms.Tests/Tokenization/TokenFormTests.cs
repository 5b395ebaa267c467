using System.Text;
using FsCheck.Xunit;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Transforms.Tests.Sequences;

public class TokenFormTests
{
    [Theory]
    [InlineData("ABC", true, "abc")]
    [InlineData("ABC", false, "ABC")]
    [InlineData("I", true, "i")]
    [InlineData("😀", true, "😀")]
    public void Converts_to_lowercase_if_required(string token, bool lowerCase, string expected) =>
        Assert.Equal(expected, new TokenForm(lowerCase).Of(token).ToString());

    [Fact]
    public void Replaces_lone_surrogates()
    {
        Assert.Equal("\uFFFD", new TokenForm(lowerCase: false).Of("\uD83D").ToString());
        Assert.Equal("a\uFFFDb", new TokenForm(lowerCase: true).Of("a\uDE00B").ToString());
    }

    [Property(MaxTest = 500)]
    public bool Every_form_survives_utf8(string? token)
    {
        string form = new TokenForm(lowerCase: true).Of(token ?? "").ToString();
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(form)) == form;
    }
}
