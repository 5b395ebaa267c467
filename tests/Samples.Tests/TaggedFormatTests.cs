extern alias SequenceTagging;

using SequenceTagging::MlNetRnn.Samples.SequenceTagging;

namespace MlNetRnn.Samples.Tests;

using FileException = SequenceTagging::MlNetRnn.Samples.FileException;

/// <summary>Which columns of a file become sequences and tags, and how tagged sentences are written.</summary>
public sealed class TaggedFormatTests
{
    [Theory]
    [InlineData(null, null, "Form", "Upos")]
    [InlineData(2, 4, "Lemma", "Xpos")]
    [InlineData(0, 9, "Id", "Misc")]
    [InlineData(null, 7, "Form", "Deprel")]
    [InlineData(5, 6, "Feats", "Head")]
    [InlineData(1, 8, "Form", "Deps")]
    public void The_columns_of_CoNLL_U_have_numbers(int? token, int? tag, string input, string label)
    {
        TaggedFormat format = TaggedFormat.Create("conllu", token, tag);
        Assert.Equal((input, label, 0), (format.InputColumn, format.LabelColumn, format.FrameSize));
    }

    [Theory]
    [InlineData("conllu", 10, null, "--token-column: expected a column from 0 to 9, for CoNLL-U has ten, got 10")]
    [InlineData("conllu", null, 12, "--tag-column: expected a column from 0 to 9, for CoNLL-U has ten, got 12")]
    [InlineData("conll", null, -1, "expected columns from 0 (--token-column, --tag-column), got -1")]
    [InlineData("conll", 2, 2, "expected different columns for --token-column and --tag-column, got 2 for both")]
    [InlineData("conllu", 3, null, "expected different columns for --token-column and --tag-column, got 3 for both")]
    [InlineData("conllu", null, 1, "expected different columns for --token-column and --tag-column, got 1 for both")]
    [InlineData("frames", 0, null, "expected neither --token-column nor --tag-column with --format frames, whose tag is the last column and whose other columns are numbers")]
    public void Columns_that_cannot_be_are_told(string format, int? token, int? tag, string expected) =>
        Assert.Equal(expected, Assert.Throws<FileException>(() => TaggedFormat.Create(format, token, tag)).Message);

    [Fact]
    public void A_line_is_tokens_between_blanks_and_comes_back_with_their_tags()
    {
        Assert.Equal(["I", "saw", "1/2", "of", "it"], TaggedLine.Tokens(" I saw\t1/2  of it "));
        Assert.Equal("I/PRON 1/2/NUM", TaggedLine.Of(["I", "1/2"], ["PRON", "NUM"]));
        Assert.Equal("", TaggedLine.Of(TaggedLine.Tokens(" "), []));
    }

    [Fact]
    public void Words_outside_of_spans_stand_alone_on_a_plain_screen() =>
        Assert.Equal("The Nile/B-LOC flows", TaggedSentences.Plain(["The", "Nile", "flows"], ["O", "B-LOC", "O"]));
}
