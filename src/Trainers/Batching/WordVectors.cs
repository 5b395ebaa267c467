using System.Globalization;
using Microsoft.ML.Runtime;
using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>Word vectors from a text file in the format of GloVe, fastText or word2vec: a word and its numbers a line, separated by blanks.</summary>
/// <param name="Vocabulary">The words of the training data, then further words of the file.</param>
/// <param name="Vectors">The vectors of those that the file has, by token number.</param>
internal sealed record WordVectors(Vocabulary Vocabulary, IReadOnlyDictionary<int, float[]> Vectors)
{
    private int _ofTheData;

    /// <param name="path">The file.</param>
    /// <param name="size">The numbers of a vector.</param>
    /// <param name="lowerCase">Whether the model reads words in lower case.</param>
    /// <param name="known">The words of the training data.</param>
    /// <param name="maximumSize">At most so many words in all.</param>
    /// <exception cref="FormatException">A line is no word with so many numbers; the message names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WordVectors Read(string path, int size, bool lowerCase, Vocabulary known, int maximumSize)
    {
        var vectors = new Dictionary<int, float[]>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var further = new List<string>();
        var form = new TokenForm(lowerCase);
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text) || line == 1 && IsHeader(text, size, path)) continue;
            (string word, ReadOnlyMemory<char> rest) = Split(text, size, path, line);
            string token = form.Of(word).ToString();
            int number = known.IndexOf(token);
            if (number == SpecialTokens.Unknown)
            {
                if (numbers.ContainsKey(token) || known.Words.Count + further.Count >= maximumSize) continue;
                number = known.Count + further.Count;
                further.Add(token);
                numbers.Add(token, number);
            }
            // Of words that differ in case only, the file's first is its most frequent.
            if (!vectors.ContainsKey(number)) vectors.Add(number, Parse(rest.Span, size, path, line));
        }
        return new WordVectors(further.Count == 0 ? known : new Vocabulary(known.Words.Concat(further)), vectors) { _ofTheData = vectors.Keys.Count(number => number < known.Count) };
    }

    /// <summary>Tells the log how many words got a vector.</summary>
    public void Report(IChannel channel, string path, int words)
    {
        string found = FormattableString.Invariant($"word vectors: {path} has {_ofTheData} words of the training data; {words} words are known in all");
        if (_ofTheData > 0) channel.Info(MessageSensitivity.None, found);
        else channel.Warning(MessageSensitivity.None, $"{found}. Check the file and Text.LowerCase");
    }

    /// <summary>fastText and word2vec begin with the number of words and the size of the vectors.</summary>
    private static bool IsHeader(string text, int size, string path)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || size == 1 || !parts.All(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))) return false;
        if (long.Parse(parts[1], CultureInfo.InvariantCulture) != size) throw WrongSize(path, 1, size, $"vectors of {parts[1]}");
        return true;
    }

    private static FormatException WrongSize(string path, int line, int size, string got) =>
        new($"{path}, line {line}: expected a word and {size} numbers (EmbeddingSize), got {got}. Set EmbeddingSize to the size of the file's vectors.");

    /// <summary>The word ends before the last <paramref name="size"/> fields: some files have words with blanks in them.</summary>
    private static (string Word, ReadOnlyMemory<char> Numbers) Split(string text, int size, string path, int line)
    {
        ReadOnlyMemory<char> trimmed = text.AsMemory().TrimEnd();
        int end = trimmed.Length;
        for (int field = 0; field < size; field++)
        {
            int blank = trimmed.Span[..end].LastIndexOf(' ');
            if (blank <= 0) throw WrongSize(path, line, size, $"{field + 1} fields");
            end = blank;
        }
        string word = trimmed[..end].ToString();
        // A word of several parts may end in a number, but a number with a point in it is one too many.
        string last = word[(word.LastIndexOf(' ') + 1)..];
        if (last.Length < word.Length && last.Contains('.') && float.TryParse(last, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw WrongSize(path, line, size, $"{text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length} fields");
        return (word, trimmed[(end + 1)..]);
    }

    private static float[] Parse(ReadOnlySpan<char> text, int size, string path, int line)
    {
        var vector = new float[size];
        for (int i = 0; i < size; i++)
        {
            int blank = text.IndexOf(' ');
            ReadOnlySpan<char> field = blank < 0 ? text : text[..blank];
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out vector[i]))
                throw new FormatException($"{path}, line {line}: expected a number in field {i + 2}, got '{field}'. Is this a text file of word vectors of size {size} (EmbeddingSize)?");
            text = blank < 0 ? [] : text[(blank + 1)..];
        }
        return vector;
    }
}
