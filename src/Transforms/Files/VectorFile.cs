using System.Globalization;

namespace MlNetRnn.Files;

/// <summary>
/// A text file of word vectors in the format of GloVe, fastText or word2vec: each line holds a word and its numbers, separated by blanks or tabs. The first
/// line may hold the number of words and the size of the vectors. Words may contain blanks, as in some files of GloVe.
/// </summary>
internal sealed class VectorFile(TextFile file)
{
    private const int LinesToGuess = 100;

    /// <summary>The number of words according to the first line; null without such a line, or before it is read.</summary>
    public long? Announced { get; private set; }

    /// <summary>The number of lines with a vector that were read.</summary>
    public long Words { get; private set; }

    /// <summary>The number of lines that were left out because they have numbers but no word.</summary>
    public int WithoutWord { get; private set; }

    /// <summary>The first line without a word.</summary>
    public int FirstWithoutWord { get; private set; }

    /// <summary>
    /// The number of words that were left out because they are not valid UTF-8: published files contain words that were truncated inside a character.
    /// </summary>
    public int Damaged { get; private set; }

    /// <summary>The line of the first damaged word.</summary>
    public int FirstDamaged { get; private set; }

    /// <summary>Reads words and the text of their numbers, which <see cref="Parse"/> parses. Empty lines and lines without a word are left out.</summary>
    /// <param name="size">The number of values in a vector.</param>
    /// <exception cref="FormatException">A line does not hold a word and that number of values.</exception>
    public IEnumerable<(int Line, string Word, ReadOnlyMemory<char> Numbers)> Read(int size)
    {
        (Announced, Words, WithoutWord, Damaged) = (null, 0, 0, 0);
        int? usual = null;
        foreach ((int line, string text) in file.Lines(replacesInvalid: true))
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            // For vectors of one number, such a line may be a word with its vector.
            if (line == 1 && size > 1 && Header(text) is { } header)
            {
                if (header.Size != size) throw WrongSize(line, size, $"vectors of {header.Size} numbers");
                Announced = header.Words;
                continue;
            }
            int end = EndOfWord(text, size, line);
            // "world war 2" is a word if the vectors of the other lines have the expected size.
            if (HasNumberTooMany(text.AsSpan(0, end), out bool isInteger) && !(isInteger && (usual ??= FindSize()) == size))
                throw WrongSize(line, size, $"{Fields(text).Length} fields");
            if (text.AsSpan(0, end).IsWhiteSpace())
            {
                if (WithoutWord++ == 0) FirstWithoutWord = line;
                continue;
            }
            if (text.AsSpan(0, end).Contains('\uFFFD'))
            {
                if (Damaged++ == 0) FirstDamaged = line;
                continue;
            }
            Words++;
            yield return (line, text[..end].TrimStart(' ', '\t'), text.AsMemory(end));
        }
    }

    /// <summary>Parses the numbers of a vector.</summary>
    /// <exception cref="FormatException">A value is not a finite number.</exception>
    public float[] Parse(ReadOnlySpan<char> text, int size, int line)
    {
        var vector = new float[size];
        for (int i = 0; i < size; i++)
        {
            text = text.TrimStart(" \t");
            int end = text.IndexOfAny(" \t");
            ReadOnlySpan<char> field = end < 0 ? text : text[..end];
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out vector[i]) || !float.IsFinite(vector[i]))
            {
                string remedy = $"Check that this is a text file of word vectors of size {size} (EmbeddingSize)";
                throw file.Fault(line, $"a number as value {i + 1} of {size}", $"'{field}'", remedy);
            }
            text = text[field.Length..];
        }
        return vector;
    }

    /// <summary>Determines the size of the vectors: that of the first line, or that of most lines at the beginning.</summary>
    /// <exception cref="FormatException">The file has no vectors.</exception>
    public int FindSize()
    {
        string[] lines = [.. file.Lines(replacesInvalid: true).Take(LinesToGuess).Select(line => line.Text).Where(text => !string.IsNullOrWhiteSpace(text))];
        if (lines.Length > 0 && Header(lines[0]) is { } header && (lines.Length == 1 || Numbers(lines[1]) > 1)) return (int)header.Size;
        int size = lines.Select(Numbers).GroupBy(numbers => numbers).MaxBy(group => group.Count())?.Key ?? 0;
        if (size > 0) return size;
        throw new FormatException($"{file.Path}: expected a word and its numbers in each line, separated by blanks, got none. "
            + "Check that this is a text file of word vectors.");
    }

    /// <summary>Returns how many numbers a line ends with. The first field is always a word, unless the line begins with a blank.</summary>
    private static int Numbers(string text)
    {
        string[] fields = Fields(text);
        int numbers = Enumerable.Reverse(fields).TakeWhile(field => IsNumber(field)).Count();
        return Math.Min(numbers, text[0] is ' ' or '\t' ? fields.Length : fields.Length - 1);
    }

    /// <summary>Parses the first line of fastText and word2vec: the number of words and the size of the vectors.</summary>
    private static (long Words, long Size)? Header(string text)
    {
        string[] parts = Fields(text);
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long words)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size) && size is > 0 and < int.MaxValue
            ? (words, size)
            : null;
    }

    /// <summary>Returns where the word ends, which is before the last <paramref name="size"/> fields.</summary>
    private int EndOfWord(string text, int size, int line)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimEnd(" \t");
        for (int field = 0; field < size; field++)
        {
            int blank = rest.LastIndexOfAny(" \t");
            // A line that begins with a blank has no word.
            if (blank < 0) throw WrongSize(line, size, $"{field + 1} fields");
            rest = rest[..blank].TrimEnd(" \t");
            if (rest.IsEmpty && field < size - 1) throw WrongSize(line, size, $"{field + 1} numbers");
        }
        return rest.Length;
    }

    /// <summary>Returns whether a word of several parts ends with a number, which may mean that the vectors are longer than expected.</summary>
    private static bool HasNumberTooMany(ReadOnlySpan<char> word, out bool isInteger)
    {
        int last = word.LastIndexOfAny(" \t") + 1;
        isInteger = !word[last..].ContainsAnyExcept("0123456789");
        return last > 0 && IsNumber(word[last..]);
    }

    private static string[] Fields(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        (char.IsAsciiDigit(text[^1]) || text[^1] == '.') && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private FormatException WrongSize(int line, int size, string got) =>
        file.Fault(line, $"a word and {size} numbers (EmbeddingSize)", got, "Set EmbeddingSize to the size of the file's vectors, or correct the line");
}
