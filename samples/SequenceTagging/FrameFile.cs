using System.Globalization;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>
/// A file of frames: one a line, its numbers separated by blanks or commas and its tag at the end; an empty line between sequences. Read anew every time
/// it is asked for, one sequence at a time. UTF-8 with or without a byte-order mark, lines that end as on Unix or Windows.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class FrameFile(string path)
{
    /// <summary>A longer sequence is read as several: so far does an error go back in time at most.</summary>
    public const int LongestSequence = 1000;

    private static readonly char[] Separators = [' ', '\t', ','];

    public string Path => path;

    /// <summary>How many numbers a frame of the first line has.</summary>
    /// <exception cref="FileException">The file is not there, or its first line is no frame.</exception>
    public int FrameSize() => Read().FirstOrDefault() is { } first ? first.Steps.Length / first.Label.Length : throw new FileException($"{path}: expected at least one frame, got none");

    /// <exception cref="FileException">The file is not there, or a line is no frame.</exception>
    public IEnumerable<TaggedFrames> Read()
    {
        if (!File.Exists(path)) throw new FileException(Directory.Exists(path) ? $"{path}: expected a file, got a folder" : $"{path}: there is no such file");
        (List<float> frames, List<string> tags) = ([], []);
        int number = 0, columns = 0, first = 0;
        foreach (string line in File.ReadLines(path).Append(""))
        {
            number++;
            string[] fields = Fields(line);
            if (tags.Count > 0 && (fields.Length == 0 || tags.Count == LongestSequence))
            {
                yield return new TaggedFrames { Steps = [.. frames], Label = [.. tags] };
                frames.Clear();
                tags.Clear();
            }
            if (fields.Length == 0) continue;
            if (columns == 0) (columns, first) = (fields.Length, number);
            if (columns < 2) throw new FileException($"{path}, line {number}: expected numbers and a tag, separated by blanks or commas, got one column");
            if (fields.Length != columns) throw new FileException($"{path}, line {number}: expected {columns} columns as in line {first}, got {fields.Length}");
            foreach (string field in fields.AsSpan(..^1)) frames.Add(Number(field, path, number));
            tags.Add(fields[^1]);
        }
    }

    /// <summary>What stands between blanks or commas.</summary>
    public static string[] Fields(string line) => line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>NaN is a missing value, which the library reads as the mean.</summary>
    /// <exception cref="FileException">It is no number.</exception>
    public static float Number(string field, string path, int line) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && !float.IsInfinity(number)
            ? number
            : throw new FileException($"{path}, line {line}: expected a number (NaN for a missing one), got '{field}'");
}
