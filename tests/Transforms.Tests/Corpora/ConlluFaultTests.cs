using System.Text;
using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>Tests of the errors for malformed CoNLL-U files and for data that cannot be written to such a file.</summary>
public sealed class ConlluFaultTests : ConlluCase
{
    [Theory]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected 10 columns between tabs, got 9")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected 10 columns between tabs, got 11")]
    [InlineData("# c\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n.\n", 3, "expected 10 columns between tabs, got 1")]
    [InlineData("1\ta\t \t_\t_\t_\t_\t_\t_\t_\n", 1, "expected a value or '_' in the column Lemma, got nothing")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n2\tb\t_\t_\t_\t_\t_\t_\t_\t_\n7\tc\t_\t_\t_\t_\t_\t_\t_\t_\n", 3, "expected the word number 3, got '7'")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n1\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", 2, "expected the word number 2, got '1'")]
    [InlineData(
        "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n3-4\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", 2, "expected a range that begins with 2 or an empty node after word 1, got '3-4'")]
    [InlineData("2.1\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected a range that begins with 1 or an empty node after word 0, got '2.1'")]
    [InlineData("x\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected a number, a range such as 3-4 or an empty node such as 5.1 in the first column, got 'x'")]
    [InlineData("01\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "in the first column, got '01'")]
    [InlineData("2-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "in the first column, got '2-1'")]
    [InlineData("0\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "in the first column, got '0'")]
    [InlineData("1\ta\t\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected a value or '_' in the column Lemma, got nothing")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n# c\n", 2, "expected comments before the first word of a sentence, got one after it")]
    [InlineData("# c\n\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 2, "expected at least one word in a sentence, got an empty line")]
    [InlineData("# c", 1, "expected at least one word in a sentence, got the end of the file")]
    public void Reports_a_malformed_line_with_file_and_number(string text, int line, string expected)
    {
        string message = Assert.Throws<FormatException>(() => Rows(text)).Message;
        Assert.StartsWith($"{_folder["a.conllu"]}, line {line}: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Reports_invalid_utf8_with_its_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Sample), .. "1\tcaf"u8, 0xE9, .. "\t_\t_\t_\t_\t_\t_\t_\t_\n"u8];
        IDataView data = _folder.ML.Data.LoadFromConllu(_folder.Write("latin.conllu", bytes));
        Assert.Equal(
            $"{_folder["latin.conllu"]}, line 21, column 6: the file is not valid UTF-8 (byte 0xE9). "
            + "If all of it is in another encoding, convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8",
            Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Form")).Message);
    }

    [Fact]
    public void Reports_a_missing_file_at_once()
    {
        var e = Assert.Throws<FileNotFoundException>(() => _folder.ML.Data.LoadFromConllu("nowhere.conllu"));
        Assert.Equal("nowhere.conllu: there is no such file. Check the path.", e.Message);
        Assert.Equal("nowhere.conllu", e.FileName);
        Assert.Contains("got a folder", Assert.Throws<FileNotFoundException>(() => _folder.ML.Data.LoadFromConllu(_folder["."])).Message);
    }

    [Theory]
    [InlineData("a", "# ok", "Column 'Upos', row 0: expected 1 values, one per word, got 2. ", "N", "V")]
    [InlineData("a\tb", "# ok", "Column 'Form', row 0: expected valid text without tabs, line breaks and NUL, got 'a\tb'. ", "N")]
    [InlineData("a\r", "# ok", "Column 'Form', row 0: expected valid text without tabs, line breaks and NUL", "N")]
    [InlineData("a", "no", "Column 'Comments', row 0: expected lines that begin with #, got 'no'. ", "N")]
    [InlineData("a", "# a\nb", "Column 'Comments', row 0: expected valid text without line breaks and NUL", "N")]
    public void Reports_data_that_cannot_be_written(string form, string comment, string expected, params string[] upos)
    {
        IDataView data = _folder.Data(("Form", [[form]]), ("Upos", [upos]), ("Comments", [[comment]]));
        Assert.StartsWith(expected, Assert.Throws<InvalidOperationException>(() => Saved(data)).Message);
    }

    [Fact]
    public void Reports_half_of_a_surrogate_pair() =>
        Assert.StartsWith(
            "Column 'Form', row 0: expected valid text",
            Assert.Throws<InvalidOperationException>(() => Saved(_folder.Data(("Form", [["😀\uD83D"]])))).Message);

    [Theory]
    [InlineData("3-4\tx")]
    [InlineData("1\tx")]
    [InlineData("nonsense")]
    public void Reports_additional_lines_without_a_position(string line)
    {
        IDataView data = _folder.Data(("Form", [["a"]]), ("AdditionalLines", [[line]]));
        Assert.Equal($"Column 'AdditionalLines', row 0: expected ranges and empty nodes in the order of the words, got '{line}'. Leave such lines out.",
            Assert.Throws<InvalidOperationException>(() => Saved(data)).Message);
    }

    [Fact]
    public void Reports_a_sentence_without_words() =>
        Assert.Equal("Column 'Form', row 1: expected at least one word, got none. Leave the row out.",
            Assert.Throws<InvalidOperationException>(() => Saved(_folder.Data(("Form", [["a"], []])))).Message);

    [Fact]
    public void Reports_columns_that_are_missing_or_of_another_type()
    {
        IDataView data = _folder.Data(("Tokens", [["a"]]));
        Assert.StartsWith("Could not find Form column 'Form': expected Vector<String>, or Vector<Key> with key values, got only the columns 'Tokens'. ",
            Assert.Throws<ArgumentOutOfRangeException>(() => Saved(data)).Message);
        Assert.StartsWith(
            "Could not find Upos column 'Tag': ",
            Assert.Throws<ArgumentOutOfRangeException>(() => Saved(data, new RnnConlluColumns { Form = "Tokens", Upos = "Tag" })).Message);
        Assert.StartsWith("Schema mismatch for Xpos column 'Text': expected Vector<String>, or Vector<Key> with key values, got String. ",
            Assert.Throws<ArgumentOutOfRangeException>(() => Saved(Load(Sample), new RnnConlluColumns { Xpos = "Text" })).Message);
        IDataView noComments = _folder.ML.Transforms.DropColumns("Comments").Fit(Load(Sample)).Transform(Load(Sample));
        Assert.StartsWith("Schema mismatch for Text column 'Form': expected String, got ",
            Assert.Throws<ArgumentOutOfRangeException>(() => Saved(noComments, new RnnConlluColumns { Text = "Form" })).Message);
    }
}
