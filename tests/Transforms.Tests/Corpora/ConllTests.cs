using System.Text;
using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>What a file of tokens in lines becomes, and what is said of one that is malformed.</summary>
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
    public void Columns_are_those_that_are_named()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "EU NNP B-NP B-ORG\n"), ("Pos", 1), ("Word", 0), ("Tag", -1), ("Again", 3));
        Assert.Equal(["Pos=NNP", "Word=EU", "Tag=B-ORG", "Again=B-ORG"], data.Schema.Select(column => $"{column.Name}={CorpusFolder.Vectors(data, column.Name)[0][0]}"));
    }

    [Theory]
    [InlineData("a X\nb Y\n\nc Z\n\n")]
    [InlineData("a X\nb Y\n\nc Z")]
    [InlineData("\uFEFFa X\r\nb Y\r\n\r\nc Z\r\n")]
    [InlineData("\n\n  a   X \nb\tY\n \t\n\n\nc Z\n\n\n")]
    [InlineData("-DOCSTART- -X- O O\n\na X\nb Y\n-DOCSTART-\tO\nc Z\n\n-DOCSTART- O\n")]
    public void Sentences_lie_between_empty_lines(string text)
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", text));
        Assert.Equal([["a", "b"], ["c"]], CorpusFolder.Vectors(data, "Tokens"));
        Assert.Equal([["X", "Y"], ["Z"]], CorpusFolder.Vectors(data, "Label"));
    }

    [Fact]
    public void Where_a_line_holds_a_tab_only_tabs_separate()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "New York\tB\nis O\n\u00a0\tO\n \tO\nx\t\n"));
        Assert.Equal(["New York", "is", "\u00a0", " ", "x"], CorpusFolder.Vectors(data, "Tokens")[0]);
        Assert.Equal(["B", "O", "O", "O", ""], CorpusFolder.Vectors(data, "Label")[0]);
    }

    [Fact]
    public void Comments_are_skipped_where_asked()
    {
        string path = _folder.Write("a.txt", "# a comment of several words\n# X\n# Y\na Z\n# W\nb V\n");
        Assert.Equal([["a", "b"]], CorpusFolder.Vectors(_folder.ML.Data.LoadFromConll(path, skipComments: true), "Tokens"));
        Assert.Equal([["Z", "V"]], CorpusFolder.Vectors(_folder.ML.Data.LoadFromConll(path, skipComments: true, ("Tag", 1)), "Tag"));
        IDataView kept = _folder.ML.Data.LoadFromConll(_folder.Write("b.txt", "# X\na Y\n"));
        Assert.Equal([["#", "a"]], CorpusFolder.Vectors(kept, "Tokens"));
    }

    [Fact]
    public void Written_sentences_come_back()
    {
        IDataView data = _folder.Data(("Tokens", [["New York", "is", ""], ["x"]]), ("Label", [["B", "", "O"], ["O"]]));
        _folder.ML.Data.SaveAsConll(data, _folder["a.txt.gz"], "Tokens", "Label");
        Assert.Equal("New York\tB\nis\t\n\tO\n\nx\tO\n\n", Encoding.UTF8.GetString(CorpusFolder.Unpack(_folder["a.txt.gz"])));
        IDataView again = _folder.ML.Data.LoadFromConll(_folder["a.txt.gz"]);
        Assert.Equal(CorpusFolder.Vectors(data, "Tokens"), CorpusFolder.Vectors(again, "Tokens"));
        Assert.Equal(CorpusFolder.Vectors(data, "Label"), CorpusFolder.Vectors(again, "Label"));
    }

    [Fact]
    public void Keys_are_written_by_their_names_and_a_stream_stays_open()
    {
        IDataView data = _folder.Data(("Tokens", [["a", "b"]]), ("Label", [["X", "Y"]]));
        IDataView keyed = _folder.Keyed(data, "Key", "Label", "Y");
        using var stream = new MemoryStream();
        _folder.ML.Data.SaveAsConll(keyed, stream, "Tokens", "Key");
        stream.WriteByte((byte)'!');
        Assert.Equal("a\t\nb\tY\n\n!", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData("a X\n\nb X Y\n", 3, "expected 2 columns as in line 1, got 3")]
    [InlineData("a\tX\nb X\tY\nc d\n", 3, null)]
    [InlineData("-DOCSTART-\n\na X\nb\n", 4, "expected 2 columns as in line 3, got 1")]
    public void An_uneven_number_of_columns_is_told(string text, int line, string? expected)
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", text));
        if (expected is null) Assert.Single(CorpusFolder.Vectors(data, "Tokens"));
        else Assert.StartsWith($"{_folder["a.txt"]}, line {line}: {expected}. ", Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Tokens")).Message);
    }

    [Theory]
    [InlineData(2, "at least 3 columns for 'Tokens'")]
    [InlineData(-3, "at least 3 columns for 'Tokens'")]
    public void A_column_that_is_not_there_is_told(int column, string expected)
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "\na X\n"), tokenColumn: column);
        Assert.StartsWith($"{_folder["a.txt"]}, line 2: expected {expected}, got 2. ", Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Label")).Message);
    }

    [Fact]
    public void Invalid_utf8_and_missing_files_are_told()
    {
        IDataView data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", [.. "a X\n"u8, 0xFF, .. " X\n"u8]));
        Assert.StartsWith($"{_folder["a.txt"]}, line 2: expected UTF-8, got bytes that are none. ", Assert.Throws<FormatException>(() => CorpusFolder.Vectors(data, "Tokens")).Message);
        Assert.Throws<FileNotFoundException>(() => _folder.ML.Data.LoadFromConll("nowhere.txt"));
    }

    [Fact]
    public void Names_that_are_missing_or_the_same_are_told()
    {
        string path = _folder.Write("a.txt", "a X\n");
        Assert.StartsWith("Columns: expected at least one, each with a name of its own, got ('A', 'A'). ", Assert.Throws<ArgumentException>(() => _folder.ML.Data.LoadFromConll(path, ("A", 0), ("A", 1))).Message);
        Assert.Throws<ArgumentException>(() => _folder.ML.Data.LoadFromConll(path, ("", 0)));
        Assert.Throws<ArgumentException>(() => _folder.ML.Data.LoadFromConll(path, false, []));
    }

    [Theory]
    [InlineData("", "", "Column 'Tokens', row 0: expected a value in at least one column for each word, got nothing for word 1. ")]
    [InlineData("a\nb", "X", "Column 'Tokens', row 0: expected valid text without tabs and line breaks")]
    public void What_cannot_be_written_is_told(string token, string label, string expected)
    {
        IDataView data = _folder.Data(("Tokens", [[token]]), ("Label", [[label]]));
        Assert.StartsWith(expected, Assert.Throws<InvalidOperationException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null, "Tokens", "Label")).Message);
    }

    [Fact]
    public void What_could_not_be_read_again_is_told()
    {
        IDataView data = _folder.Data(("Tokens", [["New York"]]), ("Label", [["X", "Y"]]));
        Assert.StartsWith("Column 'Tokens', row 0: expected words without blanks where it is the only column, got 'New York'. ",
            Assert.Throws<InvalidOperationException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null, "Tokens")).Message);
        Assert.StartsWith("Column 'Label', row 0: expected 1 values, one a word, got 2. ",
            Assert.Throws<InvalidOperationException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null, "Tokens", "Label")).Message);
        Assert.StartsWith("Could not find word column 'Nothing'", Assert.Throws<ArgumentOutOfRangeException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null, "Nothing")).Message);
        Assert.StartsWith("Columns: expected at least one, got none. ", Assert.Throws<ArgumentException>(() => _folder.ML.Data.SaveAsConll(data, Stream.Null)).Message);
    }
}
