using System.Text;

namespace MlNetRnn.Samples.Tags;

/// <summary>Fills a column of CoNLL-U with predicted tags; every other byte of the input stays as it is.</summary>
/// <param name="tagger">Predicts the tags of the words of a sentence.</param>
/// <param name="tokenColumn">The column that the tagger reads.</param>
/// <param name="tagColumn">The column to fill.</param>
public sealed class ConlluFilter(Func<string[], string[]> tagger, int tokenColumn, int tagColumn)
{
    private const char Tab = '\t';
    private const string Remedy = "See https://universaldependencies.org/format.html";

    /// <exception cref="FormatException">A line is malformed.</exception>
    public void Run(Stream input, string name, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var sentence = new List<TextLine>();
        foreach (TextLine line in TextFile.ReadLines(input, name))
        {
            if (line.HasByteOrderMark) writer.Write('\uFEFF');
            sentence.Add(line);
            if (TextLine.IsBlank(line.Text)) Write(sentence, name, writer);
        }
        Write(sentence, name, writer);
    }

    private void Write(List<TextLine> sentence, string name, StreamWriter writer)
    {
        string[] words = [.. sentence.Where(line => IsWord(line, name)).Select(line => line.Text.Split(Tab)[tokenColumn].Trim(' '))];
        string[] tags = words.Length == 0 ? [] : tagger(words);
        int word = 0;
        foreach (TextLine line in sentence)
        {
            writer.Write(IsWord(line, name) ? With(line.Text, tags[word++]) : line.Text);
            writer.Write(line.End);
        }
        sentence.Clear();
        writer.Flush();
    }

    private string With(string line, string tag)
    {
        string[] columns = line.Split(Tab);
        columns[tagColumn] = tag;
        return string.Join(Tab, columns);
    }

    private static bool IsWord(TextLine line, string name)
    {
        if (line.Text.StartsWith('#') || TextLine.IsBlank(line.Text)) return false;
        string[] columns = line.Text.Split(Tab);
        if (columns.Length != ConlluFormat.Columns.Length)
            throw LineFault.Of(name, line.Number, $"{ConlluFormat.Columns.Length} columns between tabs", $"{columns.Length}", Remedy);
        // Ranges (3-4) and empty nodes (5.1) are not words.
        if (columns[0].Length > 0 && columns[0].All(char.IsAsciiDigit)) return true;
        if (columns[0].Length > 0 && columns[0].All(c => char.IsAsciiDigit(c) || c is '-' or '.')) return false;
        const string Expected = "a number, a range such as 3-4 or an empty node such as 5.1 in the first column";
        throw LineFault.Of(name, line.Number, Expected, $"'{OneLine.Shortened(columns[0])}'", Remedy);
    }
}
