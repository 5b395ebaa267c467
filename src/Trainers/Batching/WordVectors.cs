using Microsoft.ML.Runtime;
using MlNetRnn.Files;
using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Batching;

/// <summary>Pretrained word vectors from a text file in the format of GloVe, fastText or word2vec.</summary>
/// <param name="Vocabulary">The words of the training data, followed by additional words of the file.</param>
/// <param name="Vectors">The vectors of the words in the file, by token number.</param>
internal sealed record WordVectors(Vocabulary Vocabulary, IReadOnlyDictionary<int, float[]> Vectors)
{
    private int _inTrainingData;
    private VectorFile? _file;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="size">Size of a vector.</param>
    /// <param name="lowerCase">Whether the model converts words to lower case.</param>
    /// <param name="known">The words of the training data.</param>
    /// <param name="maximumSize">Maximum number of words in the vocabulary.</param>
    /// <exception cref="FormatException">A line does not contain a word and <paramref name="size"/> numbers; the message names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WordVectors Read(string path, int size, bool lowerCase, Vocabulary known, int maximumSize)
    {
        var vectors = new Dictionary<int, float[]>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var additional = new List<string>();
        var form = new TokenForm(lowerCase);
        var file = new VectorFile(new TextFile(path));
        foreach ((int line, string word, ReadOnlyMemory<char> text) in file.Read(size))
        {
            string token = form.Of(word).ToString();
            int number = known.IndexOf(token);
            if (number == SpecialTokens.Unknown)
            {
                if (numbers.ContainsKey(token) || known.Words.Count + additional.Count >= maximumSize) continue;
                number = known.Count + additional.Count;
                additional.Add(token);
                numbers.Add(token, number);
            }
            // If words are equal or differ only in case, the first in the file is the most frequent.
            if (!vectors.ContainsKey(number)) vectors.Add(number, file.Parse(text.Span, size, line));
        }
        Vocabulary vocabulary = additional.Count == 0 ? known : new Vocabulary(known.Words.Concat(additional));
        return new WordVectors(vocabulary, vectors) { _inTrainingData = vectors.Keys.Count(number => number < known.Count), _file = file };
    }

    /// <summary>Logs the number of words that have a vector, and the lines that were skipped.</summary>
    public void Report(IChannel channel, string path, int words)
    {
        string found = FormattableString.Invariant(
            $"word vectors: {path} contains {_inTrainingData} words of the training data; the vocabulary has {words} words");
        if (_inTrainingData > 0) channel.Info(MessageSensitivity.None, found);
        else channel.Warning(MessageSensitivity.None, $"{found}. Check the file and Text.LowerCase.");
        if (_file is null) return;
        long read = _file.Words + _file.WithoutWord + _file.Damaged;
        string lines = _file.WithoutWord == 1 ? "line" : "lines", damaged = _file.Damaged == 1 ? "word that is" : "words that are";
        if (_file.WithoutWord > 0) Warn($"skipped {_file.WithoutWord} {lines} without a word (first: line {_file.FirstWithoutWord}).");
        if (_file.Damaged > 0)
            Warn($"skipped {_file.Damaged} {damaged} not valid UTF-8 (first: line {_file.FirstDamaged}). If there are many, convert the file to UTF-8.");
        if (_file.Announced > read) Warn($"line 1 announces {_file.Announced} words, but the file contains {read}. Check that the file is complete.");
        void Warn(FormattableString problem) => channel.Warning(MessageSensitivity.None, $"word vectors: {path}: {FormattableString.Invariant(problem)}");
    }
}
