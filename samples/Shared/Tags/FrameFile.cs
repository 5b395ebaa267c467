
namespace MlNetRnn.Samples.Tags;

/// <summary>
/// A file of frames: one per line, with its tag at the end; empty lines separate sequences. The file is read again for every pass, one sequence at a time.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="skipComments">Whether lines that begin with # are comments.</param>
public sealed class FrameFile(string path, bool skipComments = false)
{
    /// <summary>The maximum length of a sequence. A longer sequence is split, and gradients are not propagated across the split.</summary>
    public const int LongestSequence = 1000;

    private readonly TextFile _file = new(path);

    public string Path => path;

    /// <summary>Returns the number of values of the first frame.</summary>
    /// <exception cref="FormatException">The first line is not a frame.</exception>
    public int FrameSize() => Read().FirstOrDefault() is { } first
        ? first.Steps.Length / first.Label.Length
        : throw new FileException($"{path}: expected at least one frame, got none. Give a file with one frame per line.");

    /// <exception cref="FormatException">A line is not a frame.</exception>
    public IEnumerable<TaggedFrames> Read()
    {
        (List<float> frames, List<string> tags) = ([], []);
        int columns = 0, first = 0;
        foreach ((int number, string line) in _file.Lines().Append(new TextLine(0, "", "")))
        {
            if (line.StartsWith('#') && skipComments) continue;
            // A spreadsheet writes an empty line with its separators.
            bool isEmpty = line.AsSpan().Trim(" \t,;").IsEmpty;
            if (tags.Count > 0 && (isEmpty || tags.Count == LongestSequence))
            {
                yield return new TaggedFrames { Steps = [.. frames], Label = [.. tags] };
                frames.Clear();
                tags.Clear();
            }
            if (isEmpty) continue;
            if (line.StartsWith('#'))
                throw Fault(number, "a frame", $"'{OneLine.Shortened(line)}'", "If lines that begin with # are comments, give --skip-comments");
            string[] fields = FrameLine.Fields(line, path, number);
            if (columns == 0) (columns, first) = (fields.Length, number);
            if (columns < 2) throw Fault(number, "numbers and a tag, separated by blanks, tabs, semicolons or commas", "one column", "Correct the line");
            if (fields.Length != columns) throw Fault(number, $"{columns} columns as in line {first}", $"{fields.Length}", "Correct the line");
            foreach (string field in fields.AsSpan(..^1)) frames.Add(FrameLine.Number(field, path, number));
            if (fields[^1].Length == 0)
                throw Fault(number, "a tag in the last column", "nothing", "Add the tag, or remove the separator at the end of the line");
            tags.Add(fields[^1]);
        }
    }

    private FormatException Fault(int line, string expected, string got, string remedy) => LineFault.Of(path, line, expected, got, remedy);
}
