using Microsoft.ML;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>The texts of the user.</summary>
internal static class TextFiles
{
    /// <summary>Reads a file once, so that an error in its last line is found now, and writes a summary.</summary>
    /// <exception cref="FileException">The file has no text.</exception>
    /// <exception cref="FormatException">The file is not UTF-8 text.</exception>
    public static IDataView Read(MLContext ml, FileInfo path, RnnLanguageUnit unit)
    {
        var file = new TextFile(path.ToString());
        (long lines, long characters) = (0, 0);
        foreach (TextLine line in file.Lines()) (lines, characters) = (lines + 1, characters + line.Text.Length);
        if (characters == 0) throw new FileException($"{path}: expected a text, got an empty file. Check the path.");
        Console.WriteLine(FormattableString.Invariant($"{path}: {characters:N0} characters in {lines:N0} lines"));
        return ml.Data.LoadFromEnumerable(TextRows.Of(file.Lines().Select(line => line.Text), unit));
    }
}
