using MlNetRnn.Samples.SequenceTagging;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Tests;

/// <summary>The columns of sequences and tags, and tagged sentences as lines.</summary>
public sealed class TaggedFormatTests
{
    [Theory]
    [InlineData(null, null, "Form", "Upos")]
    [InlineData(2, 4, "Lemma", "Xpos")]
    [InlineData(0, 9, "Id", "Misc")]
    [InlineData(null, 7, "Form", "Deprel")]
    [InlineData(5, 6, "Feats", "Head")]
    [InlineData(1, 8, "Form", "Deps")]
    [InlineData(null, -1, "Form", "Misc")]
    public void The_columns_of_CoNLL_U_have_numbers(int? token, int? tag, string input, string label)
    {
        TaggedFormat format = TaggedFormat.Create("conllu", new FormatOptions(token, tag));
        Assert.Equal((input, label, 0), (format.InputColumn, format.LabelColumn, format.FrameSize));
    }

    [Theory]
    [InlineData("conllu", 10, null, "--token-column: expected a column from 0 to 9, because CoNLL-U has ten, got 10.")]
    [InlineData("conllu", null, -11, "--tag-column: expected a column from 0 to 9, because CoNLL-U has ten, got -11.")]
    [InlineData("conll", 2, 2, "--token-column and --tag-column: expected different columns, got 2 for both. Change one of them.")]
    [InlineData("conllu", 3, null, "--token-column and --tag-column: expected different columns, got 3 for both. Change one of them.")]
    [InlineData("conllu", null, -9, "--token-column and --tag-column: expected different columns, got 1 for both. Change one of them.")]
    [InlineData(
        "frames",
        0,
        null,
        "--format frames: expected neither --token-column nor --tag-column, because the last column is the tag and all others are numbers. Leave them out.")]
    public void Columns_that_do_not_exist_are_refused(string format, int? token, int? tag, string expected) =>
        Assert.Equal(expected, Assert.Throws<FileException>(() => TaggedFormat.Create(format, new FormatOptions(token, tag))).Message);

    [Fact]
    public void A_line_is_split_at_blanks_and_written_with_tags()
    {
        Assert.Equal(["I", "saw", "1/2", "of", "it"], TaggedLine.Tokens(" I saw\t1/2  of it "));
        Assert.Equal("I/PRON 1/2/NUM", TaggedLine.Of(["I", "1/2"], ["PRON", "NUM"]));
        Assert.Equal("", TaggedLine.Of(TaggedLine.Tokens(" "), []));
    }

    [Fact]
    public void Words_outside_of_spans_are_written_without_a_tag() =>
        Assert.Equal("The Nile/B-LOC flows", TaggedSentences.Plain(["The", "Nile", "flows"], ["O", "B-LOC", "O"]));
}
