namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Spans from tags.</summary>
public sealed class SpanSchemeTests
{
    [Theory]
    [InlineData("O B-PER I-PER O B-LOC", "1-2 PER|4-1 LOC")]
    [InlineData("B-PER B-PER I-PER I-LOC", "0-1 PER|1-2 PER|3-1 LOC")]
    [InlineData("I-PER I-PER O I-LOC", "0-2 PER|3-1 LOC")]
    [InlineData("S-PER B-LOC E-LOC S-LOC O", "0-1 PER|1-2 LOC|3-1 LOC")]
    [InlineData("U-PER B-LOC I-LOC L-LOC", "0-1 PER|1-3 LOC")]
    [InlineData("B I O B", "0-2 |3-1 ")]
    [InlineData("O O", "")]
    [InlineData("NOUN VERB X", "")]
    [InlineData("A B C", "")]
    [InlineData("B-PER NOUN", "")]
    [InlineData("", "")]
    public void Are_found_where_all_tags_mark_spans(string line, string expected)
    {
        string[] tags = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, string.Join('|', new SpanScheme(tags).Spans(tags).Select(span => $"{span.First}-{span.Count} {span.Type}")));
    }

    [Fact]
    public void A_token_without_a_tag_is_outside() =>
        Assert.Equal([(0, 1, "PER"), (2, 1, "PER")], new SpanScheme(["O", "B-PER", "I-PER"]).Spans(["B-PER", null, "I-PER"]));

    [Fact]
    public void All_tags_of_a_model_decide_not_those_of_a_sentence()
    {
        Assert.Empty(new SpanScheme(["B", "I", "X"]).Spans(["B", "I"]));
        Assert.Single(new SpanScheme(["B", "I", "O"]).Spans(["B", "I"]));
    }
}
