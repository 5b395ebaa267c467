using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Tests;

/// <summary>CoNLL-U in and out: one column is filled, and every other byte stays unchanged.</summary>
public class ConlluFilterTests
{
    [Fact]
    public void Words_get_tags_and_everything_else_stays_unchanged() => Assert.Equal(
        "\uFEFF# sent_id = 1\r\n1-2\tAnna lives\t_\t_\t_\t_\t_\t_\t_\t_\r\n1\tAnna\t_\tANNA\t_\t_\t0\troot\t_\tx=y\r\n2\tlives "
            + "\t_\tLIVES\tz\t_\t1\tdep\t_\t_\n \n\n# c\n1\tWho\t_\tWHO\t_\t_\t0\troot\t_\t_\n1.1\tx\t_\t_\t_\t_\t_\t_\t_\t_",
        Filtered("\uFEFF# sent_id = 1\r\n1-2\tAnna lives\t_\t_\t_\t_\t_\t_\t_\t_\r\n1\tAnna\t_\t_\t_\t_\t0\troot\t_\tx=y\r\n2\tlives "
            + "\t_\tOLD\tz\t_\t1\tdep\t_\t_\n \n\n# c\n1\tWho\t_\t_\t_\t_\t0\troot\t_\t_\n1.1\tx\t_\t_\t_\t_\t_\t_\t_\t_"));

    [Property(MaxTest = 200)]
    public Property Only_the_column_changes() => Prop.ForAll(Arb.From(Lines()), text =>
    {
        (string[] before, string[] after) = (text.Split('\n'), Filtered(text).Split('\n'));
        return before.Length == after.Length && before.Zip(after).All(pair => Without(pair.First) == Without(pair.Second))
            && after.Where(line => line.Length > 0 && char.IsDigit(line[0]))
                .All(line => line.Split('\t')[3] == line.Split('\t')[1].Trim(' ').ToUpperInvariant());

        static string Without(string line) => line.Split('\t') is { Length: 10 } columns ? string.Join('\t', columns.Where((_, i) => i != 3)) : line;
    });

    [Theory]
    [InlineData("1\ta\n", "standard input, line 1: expected 10 columns between tabs, got 2. ")]
    [InlineData("# c\nAnna lives in Oslo .\n", "standard input, line 2: expected 10 columns between tabs, got 1. ")]
    [InlineData(
        "x\ta\t_\t_\t_\t_\t_\t_\t_\t_\n",
        "standard input, line 1: expected a number, a range such as 3-4 or an empty node such as 5.1 in the first column, got 'x'. ")]
    public void A_malformed_line_is_refused(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => Filtered(text)).Message);

    private static string Filtered(string text)
    {
        using var output = new MemoryStream();
        var filter = new ConlluFilter(words => [.. words.Select(word => word.ToUpperInvariant())], ConlluFormat.Form, ConlluFormat.Upos);
        filter.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), "standard input", output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Sentences with comments, blank lines of all kinds, and line ends of Unix and Windows.</summary>
    private static Gen<string> Lines()
    {
        Gen<string> word = Gen.Elements("Anna", "é", "a b", "x ", "😀"), end = Gen.Elements("\n", "\r\n"), blank = Gen.Elements("", " ", "\t");
        Gen<string> line = Gen.OneOf(
            word.Select(form => $"1\t{form}\t_\t_\t_\t_\t_\t_\t_\t"),
            word.Select(form => $"1\t{form}\tb\tOLD\td\t_\t7\t_\t\t_"),
            word.Select(form => $"# {form}"),
            blank);
        return line.SelectMany(text => end.Select(mark => text + mark)).ListOf().Select(string.Concat);
    }
}
