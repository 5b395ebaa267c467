using System.Text;
using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>Tests of column files: their rows, and the errors for malformed files.</summary>
public sealed class ConllTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Token_and_label_are_the_first_and_the_last_column()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "EU NNP B-ORG\nrejects VBZ O\n\nPeter NNP B-PER\n"));
        Assert.Equal(["Tokens", "Label"], data.Schema.Select(column => column.Name));
        Assert.Equal([["EU", "rejects"], ["Peter"]], CorpusFolder.Vectors(data, "Tokens"));
        Assert.Equal([["B-ORG", "O"], ["B-PER"]], CorpusFolder.Vectors(data, "Label"));
        Assert.Equal([["NNP", "VBZ"], ["NNP"]], CorpusFolder.Vectors(_folder.ML.Data.LoadFromConll(_folder["a.txt"], labelColumn: -2), "Label"));
    }

    [Fact]
    public void Loads_the_named_columns()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "EU NNP B-NP B-ORG\n"), ("Pos", 1), ("Word", 0), ("Tag", -1), ("Again", 3));
        Assert.Equal(
            ["Pos=NNP", "Word=EU", "Tag=B-ORG", "Again=B-ORG"],
            data.Schema.Select(column => $"{column.Name}={CorpusFolder.Vectors(data, column.Name)[0][0]}"));
    }

    [Theory]
    [InlineData("a X\nb Y\n\nc Z\n\n")]
    [InlineData("a X\nb Y\n\nc Z")]
    [InlineData("\uFEFFa X\r\nb Y\r\n\r\nc Z\r\n")]
    [InlineData("\n\n  a   X \nb\tY\n \t\n\n\nc Z\n\n\n")]
    [InlineData("-DOCSTART- -X- O O\n\na X\nb Y\n-DOCSTART-\tO\nc Z\n\n-DOCSTART- O\n")]
    [InlineData("#begin document (x); part 000\na X\nb Y\n#end document\n#begin document (y)\nc Z\n\n#end document\n")]
    [InlineData("a X\rb Y\r\rc Z\r")]
    [InlineData("a\tX \nb \tY\u00a0\n \t \n c\t Z\n")]
    public void Empty_lines_separate_sentences(string text)
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", text));
        Assert.Equal([["a", "b"], ["c"]], CorpusFolder.Vectors(data, "Tokens"));
        Assert.Equal([["X", "Y"], ["Z"]], CorpusFolder.Vectors(data, "Label"));
    }

    [Fact]
    public void In_a_line_with_a_tab_only_tabs_separate_columns()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "New York\tB\nis O\n\u00a0\tO\n \tO\nx\t\n"));
        Assert.Equal(["New York", "is", "\u00a0", "", "x"], CorpusFolder.Vectors(data, "Tokens")[0]);
        Assert.Equal(["B", "O", "O", "O", ""], CorpusFolder.Vectors(data, "Label")[0]);
    }

    [Theory]
    [InlineData("# a comment of several words\n# X\n#\ta Z\na Z\n# a comment inside\n#\nb V\n", "a b")]
    [InlineData("# id 5f3a-1\tdomain=train\na\t_\tZ\nb\t_\tV\n", "a b")]
    [InlineData("#\thttp://de.example.org/A\t[2009]\na\tb\tc\tZ\nb\tb\tc\tV\n", "a b")]
    [InlineData("# c\n\n# d\na Z\nb V\n\n# e\n", "a b")]
    [InlineData("a Z\n# V\n", "a #")]
    [InlineData("# c\n#tag Z\na V\n", "#tag a")]
    [InlineData("#id 5 x\na Z\nb V\n", "a b")]
    public void Comments_are_skipped_if_requested(string text, string expected)
    {
        string path = _folder.Write("a.txt", text);
        Assert.Equal(expected, string.Join(' ', Assert.Single(CorpusFolder.Vectors(_folder.ML.Data.LoadFromConll(path, skipComments: true), "Tokens"))));
        Assert.Equal(["Z", "V"], Assert.Single(CorpusFolder.Vectors(_folder.ML.Data.LoadFromConll(path, skipComments: true, ("Tag", -1)), "Tag")));
    }

    [Fact]
    public void A_number_sign_is_a_token_if_comments_are_not_skipped()
    {
        IDataView kept = _folder.ML.Data.LoadFromConll(_folder.Write("b.txt", "# X\na Y\n#tag Z\n"));
        Assert.Equal([["#", "a", "#tag"]], CorpusFolder.Vectors(kept, "Tokens"));
    }

    [Theory]
    [InlineData("# id 5f3a-1\tdomain=train\na _ _ Z\n", 2)]
    [InlineData("#\thttp://de.example.org/A\t[2009]\n1\ta\tO\tO\n", 2)]
    [InlineData("a Z\n# a comment\n", 2)]
    [InlineData("# comment\n\na _ Z\n", 3)]
    [InlineData("a _ Z\n\n# comment\n\n", 3)]
    public void The_message_on_a_comment_names_the_option(string text, int line)
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", text));
        string message = Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Tokens")).Message;
        Assert.StartsWith($"{_folder["a.txt"]}, line {line}: expected ", message);
        Assert.EndsWith("If lines that begin with # are comments, read the file with skipComments: true.", message);
    }

    [Fact]
    public void Written_sentences_are_read_back()
    {
        IDataView data = _folder.Data(("Tokens", [["New York", "is", ""], ["x"]]), ("Label", [["B", "", "O"], ["O"]]));
        _folder.ML.Data.SaveAsConll(data, _folder["a.txt.gz"], "Tokens", "Label");
        Assert.Equal("New York\tB\nis\t\n\tO\n\nx\tO\n\n", Encoding.UTF8.GetString(CorpusFolder.Unpack(_folder["a.txt.gz"])));
        IDataView again = _folder.ML.Data.LoadFromConll(_folder["a.txt.gz"]);
        Assert.Equal(CorpusFolder.Vectors(data, "Tokens"), CorpusFolder.Vectors(again, "Tokens"));
        Assert.Equal(CorpusFolder.Vectors(data, "Label"), CorpusFolder.Vectors(again, "Label"));
    }

    [Fact]
    public void Keys_are_written_by_their_names_and_the_stream_remains_open()
    {
        IDataView data = _folder.Data(("Tokens", [["a", "b"]]), ("Label", [["X", "Y"]]));
        IDataView keyed = _folder.Keyed(data, "Key", "Label", "Y");
        using var stream = new MemoryStream();
        _folder.ML.Data.SaveAsConll(keyed, stream, "Tokens", "Key");
        stream.WriteByte((byte)'!');
        Assert.Equal("a\t\nb\tY\n\n!", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData("a X\nb X Y\n", 2, "expected 2 columns as in line 1 of the same sentence, got 3")]
    [InlineData("-DOCSTART-\n\na X\nb\n", 4, "expected 2 columns as in line 3 of the same sentence, got 1")]
    [InlineData("a X\nb Y\n\nNew York X\n", 4, "expected 2 columns as in line 1, got 3")]
    [InlineData("New York X\n\na X\nb Y\n", 3, "expected 3 columns as in line 1, got 2")]
    [InlineData("a X\nb Y\n\nc\nd\n", 4, "expected different columns for 'Tokens' and 'Label' as in line 1, got the same in a line with 1")]
    [InlineData("a\n\nb\n", 1, "expected different columns for 'Tokens' and 'Label', got a line with a single column")]
    [InlineData("a\tX\nb\tY\n\nc\tX\t\n", 4, "expected 2 columns as in line 1, got 3, with a tab at the end of a line")]
    [InlineData("c\tX\t\n\na\tX\nb\tY\n", 3, "expected 3 columns as in line 1, got 2, with a tab at the end of a line")]
    [InlineData("EU\tB\t\nis\tO\t\n\nx\tO\t\n", 1, "expected a last column with values, got a tab at the end of every line of the file")]
    [InlineData("\tEU\tB\n\tis\tO\n\n\tx\tO\n", 1, "expected a first column with values, got a tab at the beginning of every line of the file")]
    [InlineData("New York X\n\nin Y\n", 3, "expected 3 columns as in line 1, got 2")]
    public void A_mistaken_number_of_columns_is_rejected(string text, int line, string expected)
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", text));
        Assert.StartsWith($"{_folder["a.txt"]}, line {line}: {expected}", Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Tokens")).Message);
    }

    [Fact]
    public void Sentences_may_differ_in_their_columns_as_in_CoNLL_2012()
    {
        const string Text = "#begin document (bc/a); part 000\nbc/a 0 Anna NNP - -\nbc/a 1 sleeps VBZ (V*) x\n\n"
            + "bc/a 0 Bob NNP - - -\nbc/a 1 eats VBZ (V*) * -\n\nbc/a 0 Oh UH z\n\n#end document\n";
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.conll", Text), ("Token", 2), ("Pos", 3), ("Last", -1));
        Assert.Equal([["Anna", "sleeps"], ["Bob", "eats"], ["Oh"]], CorpusFolder.Vectors(data, "Token"));
        Assert.Equal([["NNP", "VBZ"], ["NNP", "VBZ"], ["UH"]], CorpusFolder.Vectors(data, "Pos"));
        Assert.Equal([["-", "x"], ["-", "-"], ["z"]], CorpusFolder.Vectors(data, "Last"));
        IDataView tooFar = _folder.ML.Data.LoadFromConll(_folder["a.conll"], ("Token", 2), ("Far", 5));
        Assert.StartsWith(
            $"{_folder["a.conll"]}, line 8: expected at least 6 columns for 'Far', got 5. ",
            Assert.Throws<FormatException>(() => CorpusFolder.Vectors(tooFar, "Token")).Message);
    }

    [Fact]
    public void A_sentence_of_one_line_may_have_fewer_columns()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "Oh UH\n\nAnna NNP *\nsleeps VBZ *\n"), labelColumn: 1);
        Assert.Equal([["UH"], ["NNP", "VBZ"]], CorpusFolder.Vectors(data, "Label"));
    }

    [Fact]
    public void Sentences_between_tabs_may_differ_in_their_columns()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "a\tX\nb\tY\n\nNew York\tz\tX\n"));
        Assert.Equal([["a", "b"], ["New York"]], CorpusFolder.Vectors(data, "Tokens"));
        Assert.Equal([["X", "Y"], ["X"]], CorpusFolder.Vectors(data, "Label"));
    }

    [Fact]
    public void An_empty_last_column_is_read_by_its_number()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "EU\tB\t\nis\tO\t\n"), labelColumn: 1);
        Assert.Equal([["B", "O"]], CorpusFolder.Vectors(data, "Label"));
        Assert.Equal([["", ""]], CorpusFolder.Vectors(_folder.ML.Data.LoadFromConll(_folder["a.txt"], labelColumn: 2), "Label"));
    }

    [Fact]
    public void Several_files_are_read_one_after_another()
    {
        string[] paths = [_folder.Write("a.txt", "a X\nb Y"), _folder.Write("b.txt", "\uFEFFc Z 1\r\nd Z 2\r\n")];
        IDataView data = _folder.ML.Data.LoadFromConll(paths, labelColumn: 1);
        for (int pass = 0; pass < 2; pass++) Assert.Equal([["a", "b"], ["c", "d"]], CorpusFolder.Vectors(data, "Tokens"));
        Assert.Equal([["X", "Y"], ["Z", "Z"]], CorpusFolder.Vectors(_folder.ML.Data.LoadFromConll(paths, skipComments: true, ("Tag", 1)), "Tag"));
        Assert.StartsWith(
            "Paths: expected at least one file, got none.",
            Assert.Throws<ArgumentException>(() => _folder.ML.Data.LoadFromConll(Array.Empty<string>())).Message);
        Assert.Throws<FileNotFoundException>(() => _folder.ML.Data.LoadFromConll([paths[0], "nowhere.txt"]));
    }

    [Theory]
    [InlineData(2, "at least 3 columns for 'Tokens'")]
    [InlineData(-3, "at least 3 columns for 'Tokens'")]
    public void Reports_a_missing_column(int column, string expected)
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "\na X\n"), tokenColumn: column);
        Assert.StartsWith(
            $"{_folder["a.txt"]}, line 2: expected {expected}, got 2. ",
            Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Label")).Message);
    }

    [Fact]
    public void Reports_invalid_utf8_and_missing_files()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", [.. "a X\n"u8, 0xFF, .. " X\n"u8]));
        Assert.StartsWith(
            $"{_folder["a.txt"]}, line 2, column 1: the file is not valid UTF-8 (byte 0xFF). ",
            Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Tokens")).Message);
        Assert.Throws<FileNotFoundException>(() => _folder.ML.Data.LoadFromConll("nowhere.txt"));
    }

    [Fact]
    public void Reports_missing_and_duplicate_names()
    {
        string path = _folder.Write("a.txt", "a X\n");
        Assert.StartsWith(
            "Columns: expected at least one, each with a different name, got ('A', 'A'). ",
            Assert.Throws<ArgumentException>(() => _folder.ML.Data.LoadFromConll(path, ("A", 0), ("A", 1))).Message);
        Assert.Throws<ArgumentException>(() => _folder.ML.Data.LoadFromConll(path, ("", 0)));
        Assert.Throws<ArgumentException>(() => _folder.ML.Data.LoadFromConll(path, false, []));
    }

    [Theory]
    [InlineData("", "", "Column 'Tokens', row 0: expected a value in at least one column for each word, got nothing for word 1. ")]
    [InlineData("a\nb", "X", "Column 'Tokens', row 0: expected valid text without tabs, line breaks and NUL")]
    public void Reports_data_that_cannot_be_written(string token, string label, string expected)
    {
        IDataView data = _folder.Data(("Tokens", [[token]]), ("Label", [[label]]));
        Assert.StartsWith(expected, Assert.Throws<InvalidOperationException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null, "Tokens", "Label")).Message);
    }

    [Fact]
    public void Reports_data_that_could_not_be_read_again()
    {
        IDataView data = _folder.Data(("Tokens", [["New York"]]), ("Label", [["X", "Y"]]));
        Assert.StartsWith("Column 'Tokens', row 0: expected words without blanks, because it is the only column, got 'New York'. ",
            Assert.Throws<InvalidOperationException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null, "Tokens")).Message);
        Assert.StartsWith("Column 'Label', row 0: expected 1 values, one per word, got 2. ",
            Assert.Throws<InvalidOperationException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null, "Tokens", "Label")).Message);
        Assert.StartsWith(
            "Could not find word column 'Nothing'",
            Assert.Throws<ArgumentOutOfRangeException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null, "Nothing")).Message);
        Assert.StartsWith(
            "Columns: expected at least one, got none. ",
            Assert.Throws<ArgumentException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null)).Message);
    }
}
