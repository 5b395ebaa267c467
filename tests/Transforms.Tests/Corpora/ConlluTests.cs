using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>Tests of reading and writing CoNLL-U files.</summary>
public sealed class ConlluTests : ConlluCase
{
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
        Assert.Equal(["1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\t_", "3-4\tal\t_\t_\t_\t_\t_\t_\t_\t_"], rows[0].AdditionalLines);
        Assert.Equal(["0.1", "2.1", "2.2"], rows[1].AdditionalLines.Select(line => line.Split('\t')[0]));
        Assert.Equal(["Sue", "likes"], rows[1].Form);
        Assert.Empty(rows[2].Comments);
    }

    [Fact]
    public void A_file_is_reproduced_byte_for_byte()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Sample);
        Assert.Equal(bytes, Saved(Load(Sample)));
        _folder.ML.Data.SaveAsConllu(Load(Sample), _folder["out.conllu"]);
        Assert.Equal(bytes, File.ReadAllBytes(_folder["out.conllu"]));
    }

    [Fact]
    public void Compressed_files_are_read_and_written()
    {
        _folder.ML.Data.SaveAsConllu(Load(Sample), _folder["out.conllu.gz"]);
        Assert.Equal(Encoding.UTF8.GetBytes(Sample), CorpusFolder.Unpack(_folder["out.conllu.gz"]));
        Assert.Equal(3, CorpusFolder.Vectors(_folder.ML.Data.LoadFromConllu(_folder["out.conllu.gz"]), "Form").Length);
    }

    [Fact]
    public void A_file_can_be_overwritten_while_it_is_read()
    {
        IDataView data = Load(Sample);
        _folder.ML.Data.SaveAsConllu(data, _folder["a.conllu"], new RnnConlluColumns { Upos = "Xpos" });
        Assert.Equal(["_", "_", "_", "_", "_"], CorpusFolder.Vectors(data, "Upos")[0]);
        Assert.Equal(["a.conllu"], _folder.Names);
    }

    [Fact]
    public void An_error_keeps_the_old_file()
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
    public void A_byte_order_mark_and_additional_empty_lines_are_ignored(string before) =>
        Assert.Equal(Encoding.UTF8.GetBytes(Sample), Saved(Load(before + Sample)));

    [Fact]
    public void Windows_line_ends_and_a_last_line_without_a_line_end_are_read()
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
        Assert.Equal(
            [["A"], ["B"]],
            Rows($"1\tA\t_\tX\t_\t_\t0\troot\t_\t_\n{line}# sent_id = 2\n1\tB \t_\tX \t_\t_\t0\troot\t_\t_\n").Select(row => row.Form));

    [Fact]
    public void Blanks_around_a_value_are_not_part_of_it() => Assert.Equal(["X"], Rows("1\tA b\t_\tX \t_\t_\t0\troot\t_\t_ \n")[0].Upos);

    [Fact]
    public void Line_ends_of_the_old_Mac_are_read() => Assert.Equal(Encoding.UTF8.GetBytes(Sample), Saved(Load(Sample.Replace('\n', '\r'))));

    [Fact]
    public void Several_files_are_read_one_after_another()
    {
        string[] paths = [_folder.Write("a.conllu", Sample.TrimEnd()), _folder.Write("b.conllu", Sample)];
        Assert.Equal(Encoding.UTF8.GetBytes(Sample + Sample), Saved(_folder.ML.Data.LoadFromConllu(paths)));
    }

    [Fact]
    public void An_empty_file_has_no_rows() => Assert.Empty(Rows(""));

    [Fact]
    public void Predicted_keys_replace_a_column()
    {
        IDataView tagged = _folder.Keyed(Load(Sample), "PredictedLabel", "Form", "mar", "Sue");
        string written = Encoding.UTF8.GetString(Saved(tagged, new RnnConlluColumns { Upos = "PredictedLabel" }));
        Assert.Contains("\n5\tmar\tmar\tmar\t_\tGender=Masc\t", written);
        Assert.Contains("\n4\tel\tel\t_\t_\t_\t5\t", written);
        Assert.Contains("\n1\tSue\tSue\tSue\tNNP\t", written);
    }

    [Fact]
    public void Data_of_any_origin_can_be_written()
    {
        IDataView data = _folder.ML.Data.LoadFromEnumerable(
        [
            new Own { Text = "Hi there", SentenceId = "7", Form = ["Hi", "there"], Tags = ["INTJ", ""] },
            new Own { Form = ["x"], Tags = ["X"] },
        ]);
        Assert.Equal("# sent_id = 7\n# text = Hi there\n1\tHi\t_\tINTJ\t_\t_\t_\t_\t_\t_\n2\tthere\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tx\t_\tX\t_\t_\t_\t_\t_\t_\n\n",
            Encoding.UTF8.GetString(Saved(data, new RnnConlluColumns { Upos = "Tags" })));
    }

    private sealed class Own
    {
        public string SentenceId = "", Text = "";
        public string[] Form = [], Tags = [];
    }
}
