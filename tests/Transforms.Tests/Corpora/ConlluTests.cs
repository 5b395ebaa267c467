using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>What a CoNLL-U file becomes, and what is said of one that is malformed.</summary>
public sealed class ConlluTests : IDisposable
{
    private const string Sample =
        """
        # newdoc id = d
        # sent_id = s1
        # text = vámonos al mar
        1-2	vámonos	_	_	_	_	_	_	_	_
        1	vamos	ir	VERB	_	Mood=Imp|Number=Plur	0	root	0:root	_
        2	nos	nosotros	PRON	_	_	1	obj	1:obj	_
        3-4	al	_	_	_	_	_	_	_	_
        3	a	a	ADP	_	_	5	case	5:case	_
        4	el	el	DET	_	_	5	det	5:det	_
        5	mar	mar	NOUN	_	Gender=Masc	1	obl	1:obl:a	SpaceAfter=No

        # text_en = no id here
        0.1	_	_	_	_	_	_	_	_	CopyOf=2
        1	Sue	Sue	PROPN	NNP	_	2	nsubj	_	_
        2	likes	like	VERB	VBZ	_	0	root	_	_
        2.1	likes	like	VERB	_	_	_	_	1:conj	_
        2.2	x y	_	_	_	_	_	_	_	_

        1	only	only	ADV	RB	_	0	root	_	_


        """;

    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_is_a_sentence_and_a_value_is_a_word()
    {
        Row[] rows = Rows(Sample);
        Assert.Equal(["s1", "", ""], rows.Select(row => row.SentenceId));
        Assert.Equal(["vámonos al mar", "", ""], rows.Select(row => row.Text));
        Assert.Equal(["1", "2", "3", "4", "5"], rows[0].Id);
        Assert.Equal(["vamos", "nos", "a", "el", "mar"], rows[0].Form);
        Assert.Equal(["ir", "nosotros", "a", "el", "mar"], rows[0].Lemma);
        Assert.Equal(["VERB", "PRON", "ADP", "DET", "NOUN"], rows[0].Upos);
        Assert.Equal(["NNP", "VBZ"], rows[1].Xpos);
        Assert.Equal(["Mood=Imp|Number=Plur", "_", "_", "_", "Gender=Masc"], rows[0].Feats);
        Assert.Equal(["0", "1", "5", "5", "1"], rows[0].Head);
        Assert.Equal(["root", "obj", "case", "det", "obl"], rows[0].Deprel);
        Assert.Equal(["0:root", "1:obj", "5:case", "5:det", "1:obl:a"], rows[0].Deps);
        Assert.Equal(["_", "_", "_", "_", "SpaceAfter=No"], rows[0].Misc);
        Assert.Equal(["# newdoc id = d", "# sent_id = s1", "# text = vámonos al mar"], rows[0].Comments);
        Assert.Equal(["1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\t_", "3-4\tal\t_\t_\t_\t_\t_\t_\t_\t_"], rows[0].FurtherLines);
        Assert.Equal(["0.1", "2.1", "2.2"], rows[1].FurtherLines.Select(line => line.Split('\t')[0]));
        Assert.Equal(["Sue", "likes"], rows[1].Form);
        Assert.Empty(rows[2].Comments);
    }

    [Fact]
    public void What_was_read_comes_out_byte_for_byte()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Sample);
        Assert.Equal(bytes, Saved(Load(Sample)));
        _folder.ML.Data.SaveAsConllu(Load(Sample), _folder["out.conllu"]);
        Assert.Equal(bytes, File.ReadAllBytes(_folder["out.conllu"]));
    }

    [Fact]
    public void Packed_files_are_unpacked_and_packed()
    {
        _folder.ML.Data.SaveAsConllu(Load(Sample), _folder["out.conllu.gz"]);
        Assert.Equal(Encoding.UTF8.GetBytes(Sample), CorpusFolder.Unpack(_folder["out.conllu.gz"]));
        Assert.Equal(3, CorpusFolder.Vectors(_folder.ML.Data.LoadFromConllu(_folder["out.conllu.gz"]), "Form").Length);
    }

    [Fact]
    public void A_file_may_be_written_over_while_it_is_read()
    {
        IDataView data = Load(Sample);
        _folder.ML.Data.SaveAsConllu(data, _folder["a.conllu"], new RnnConlluColumns { Upos = "Xpos" });
        Assert.Equal(["_", "_", "_", "_", "_"], CorpusFolder.Vectors(data, "Upos")[0]);
        Assert.Equal(["a.conllu"], _folder.Names);
    }

    [Fact]
    public void What_goes_wrong_leaves_the_old_file_as_it_is()
    {
        _folder.Write("out.conllu", "old");
        IDataView data = _folder.Data(("Form", [["a"], ["b\tc"]]));
        Assert.Throws<InvalidOperationException>(() => _folder.ML.Data.SaveAsConllu(data, _folder["out.conllu"]));
        Assert.Equal("old", File.ReadAllText(_folder["out.conllu"]));
        Assert.Equal(["out.conllu"], _folder.Names);
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("\n\n")]
    public void A_byte_order_mark_and_further_empty_lines_do_no_harm(string before) => Assert.Equal(Encoding.UTF8.GetBytes(Sample), Saved(Load(before + Sample)));

    [Fact]
    public void Line_ends_of_Windows_and_a_last_line_without_any_do_no_harm()
    {
        Assert.Equal(Encoding.UTF8.GetBytes(Sample), Saved(Load(Sample.Replace("\n", "\r\n"))));
        Assert.Equal(Encoding.UTF8.GetBytes(Sample), Saved(Load(Sample[..^1])));
        Assert.Equal(Encoding.UTF8.GetBytes(Sample), Saved(Load(Sample[..^2])));
        Assert.Equal(Encoding.UTF8.GetBytes(Sample), Saved(Load(Sample[..^2] + "\r")));
    }

    [Theory]
    [InlineData(" \n")]
    [InlineData("\t \n\n \n")]
    public void A_line_of_blanks_is_an_empty_line(string line) =>
        Assert.Equal([["A"], ["B"]], Rows($"1\tA\t_\tX\t_\t_\t0\troot\t_\t_\n{line}# sent_id = 2\n1\tB \t_\tX \t_\t_\t0\troot\t_\t_\n").Select(row => row.Form));

    [Fact]
    public void Blanks_around_a_value_are_not_part_of_it() => Assert.Equal(["X"], Rows("1\tA b\t_\tX \t_\t_\t0\troot\t_\t_ \n")[0].Upos);

    [Fact]
    public void Line_ends_of_the_old_Mac_do_no_harm() => Assert.Equal(Encoding.UTF8.GetBytes(Sample), Saved(Load(Sample.Replace('\n', '\r'))));

    [Fact]
    public void Several_files_are_read_one_after_another()
    {
        string[] paths = [_folder.Write("a.conllu", Sample.TrimEnd()), _folder.Write("b.conllu", Sample)];
        Assert.Equal(Encoding.UTF8.GetBytes(Sample + Sample), Saved(_folder.ML.Data.LoadFromConllu(paths)));
    }

    [Fact]
    public void An_empty_file_has_no_rows() => Assert.Empty(Rows(""));

    [Fact]
    public void Predicted_keys_take_the_place_of_a_column()
    {
        IDataView tagged = _folder.Keyed(Load(Sample), "PredictedLabel", "Form", "mar", "Sue");
        string written = Encoding.UTF8.GetString(Saved(tagged, new RnnConlluColumns { Upos = "PredictedLabel" }));
        Assert.Contains("\n5\tmar\tmar\tmar\t_\tGender=Masc\t", written);
        Assert.Contains("\n4\tel\tel\t_\t_\t_\t5\t", written);
        Assert.Contains("\n1\tSue\tSue\tSue\tNNP\t", written);
    }

    [Fact]
    public void Data_of_any_origin_is_written()
    {
        IDataView data = _folder.ML.Data.LoadFromEnumerable([new Own { Text = "Hi there", SentenceId = "7", Form = ["Hi", "there"], Tags = ["INTJ", ""] }, new Own { Form = ["x"], Tags = ["X"] }]);
        Assert.Equal("# sent_id = 7\n# text = Hi there\n1\tHi\t_\tINTJ\t_\t_\t_\t_\t_\t_\n2\tthere\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tx\t_\tX\t_\t_\t_\t_\t_\t_\n\n",
            Encoding.UTF8.GetString(Saved(data, new RnnConlluColumns { Upos = "Tags" })));
    }

    [Theory]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected 10 columns between tabs, got 9")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected 10 columns between tabs, got 11")]
    [InlineData("# c\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n.\n", 3, "expected 10 columns between tabs, got 1")]
    [InlineData("1\ta\t \t_\t_\t_\t_\t_\t_\t_\n", 1, "expected a value or '_' in the column Lemma, got nothing")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n2\tb\t_\t_\t_\t_\t_\t_\t_\t_\n7\tc\t_\t_\t_\t_\t_\t_\t_\t_\n", 3, "expected the word number 3, got '7'")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n1\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", 2, "expected the word number 2, got '1'")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n3-4\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", 2, "expected a range that begins with 2 or an empty node after word 1, got '3-4'")]
    [InlineData("2.1\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected a range that begins with 1 or an empty node after word 0, got '2.1'")]
    [InlineData("x\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected a number, a range such as 3-4 or an empty node such as 5.1 in the first column, got 'x'")]
    [InlineData("01\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "in the first column, got '01'")]
    [InlineData("2-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "in the first column, got '2-1'")]
    [InlineData("0\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1, "in the first column, got '0'")]
    [InlineData("1\ta\t\t_\t_\t_\t_\t_\t_\t_\n", 1, "expected a value or '_' in the column Lemma, got nothing")]
    [InlineData("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n# c\n", 2, "expected comments before the first word of a sentence, got one after it")]
    [InlineData("# c\n\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 2, "expected at least one word in a sentence, got an empty line")]
    [InlineData("# c", 1, "expected at least one word in a sentence, got the end of the file")]
    public void A_malformed_line_is_told_with_file_and_number(string text, int line, string expected)
    {
        string message = Assert.Throws<FormatException>(() => Rows(text)).Message;
        Assert.StartsWith($"{_folder["a.conllu"]}, line {line}: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Invalid_utf8_is_told_with_its_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Sample), .. "1\tcaf"u8, 0xE9, .. "\t_\t_\t_\t_\t_\t_\t_\t_\n"u8];
        IDataView data = _folder.ML.Data.LoadFromConllu(_folder.Write("latin.conllu", bytes));
        Assert.Equal($"{_folder["latin.conllu"]}, line 21, column 6: the file is not valid UTF-8 (byte 0xE9). If all of it is in another encoding, convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8",
            Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Form")).Message);
    }

    [Fact]
    public void A_missing_file_is_told_at_once()
    {
        var e = Assert.Throws<FileNotFoundException>(() => _folder.ML.Data.LoadFromConllu("nowhere.conllu"));
        Assert.Equal("nowhere.conllu: there is no such file. Check the path.", e.Message);
        Assert.Equal("nowhere.conllu", e.FileName);
        Assert.Contains("got a folder", Assert.Throws<FileNotFoundException>(() => _folder.ML.Data.LoadFromConllu(_folder["."])).Message);
    }

    [Theory]
    [InlineData("a", "# ok", "Column 'Upos', row 0: expected 1 values, one a word, got 2. ", "N", "V")]
    [InlineData("a\tb", "# ok", "Column 'Form', row 0: expected valid text without tabs, line breaks and NUL, got 'a\tb'. ", "N")]
    [InlineData("a\r", "# ok", "Column 'Form', row 0: expected valid text without tabs, line breaks and NUL", "N")]
    [InlineData("a", "no", "Column 'Comments', row 0: expected lines that begin with #, got 'no'. ", "N")]
    [InlineData("a", "# a\nb", "Column 'Comments', row 0: expected valid text without line breaks and NUL", "N")]
    public void What_cannot_be_written_is_told(string form, string comment, string expected, params string[] upos)
    {
        IDataView data = _folder.Data(("Form", [[form]]), ("Upos", [upos]), ("Comments", [[comment]]));
        Assert.StartsWith(expected, Assert.Throws<InvalidOperationException>(() => Saved(data)).Message);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_told() =>
        Assert.StartsWith("Column 'Form', row 0: expected valid text", Assert.Throws<InvalidOperationException>(() => Saved(_folder.Data(("Form", [["😀\uD83D"]])))).Message);

    [Theory]
    [InlineData("3-4\tx")]
    [InlineData("1\tx")]
    [InlineData("nonsense")]
    public void Further_lines_that_belong_nowhere_are_told(string line)
    {
        IDataView data = _folder.Data(("Form", [["a"]]), ("FurtherLines", [[line]]));
        Assert.Equal($"Column 'FurtherLines', row 0: expected ranges and empty nodes in the order of the words, got '{line}'. Leave such lines out.",
            Assert.Throws<InvalidOperationException>(() => Saved(data)).Message);
    }

    [Fact]
    public void A_sentence_without_words_is_told() =>
        Assert.Equal("Column 'Form', row 1: expected at least one word, got none. Leave the row out.",
            Assert.Throws<InvalidOperationException>(() => Saved(_folder.Data(("Form", [["a"], []])))).Message);

    [Fact]
    public void Columns_that_are_missing_or_of_another_type_are_told()
    {
        IDataView data = _folder.Data(("Tokens", [["a"]]));
        Assert.StartsWith("Could not find Form column 'Form': expected Vector<String>, or Vector<Key> with key values, got only the columns 'Tokens'. ",
            Assert.Throws<ArgumentOutOfRangeException>(() => Saved(data)).Message);
        Assert.StartsWith("Could not find Upos column 'Tag': ", Assert.Throws<ArgumentOutOfRangeException>(() => Saved(data, new RnnConlluColumns { Form = "Tokens", Upos = "Tag" })).Message);
        Assert.StartsWith("Schema mismatch for Xpos column 'Text': expected Vector<String>, or Vector<Key> with key values, got String. ",
            Assert.Throws<ArgumentOutOfRangeException>(() => Saved(Load(Sample), new RnnConlluColumns { Xpos = "Text" })).Message);
        IDataView noComments = _folder.ML.Transforms.DropColumns("Comments").Fit(Load(Sample)).Transform(Load(Sample));
        Assert.StartsWith("Schema mismatch for Text column 'Form': expected String, got ",
            Assert.Throws<ArgumentOutOfRangeException>(() => Saved(noComments, new RnnConlluColumns { Text = "Form" })).Message);
    }

    private IDataView Load(string text) => _folder.ML.Data.LoadFromConllu(_folder.Write("a.conllu", text));

    private Row[] Rows(string text) => [.. _folder.ML.Data.CreateEnumerable<Row>(Load(text), reuseRowObject: false)];

    private byte[] Saved(IDataView data, RnnConlluColumns? columns = null)
    {
        using var stream = new MemoryStream();
        _folder.ML.Data.SaveAsConllu(data, stream, columns);
        Assert.True(stream.CanWrite);
        return stream.ToArray();
    }

    private sealed class Own
    {
        public string SentenceId = "", Text = "";
        public string[] Form = [], Tags = [];
    }

    private sealed class Row
    {
        public string SentenceId = "", Text = "";
        public string[] Id = [], Form = [], Lemma = [], Upos = [], Xpos = [], Feats = [], Head = [], Deprel = [], Deps = [], Misc = [], Comments = [], FurtherLines = [];
    }
}
