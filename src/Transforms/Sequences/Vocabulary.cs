using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Sequences;

/// <summary>
/// A vocabulary: the numbered tokens of a model. The <see cref="SpecialTokens"/> come first, then the words from frequent to rare. Immutable and thread-safe.
/// </summary>
internal sealed class Vocabulary : ITokenIndex
{
    private readonly string[] _words;
    private readonly Dictionary<string, int> _index;

    /// <summary>Creates a vocabulary from words in the order of their numbers.</summary>
    /// <exception cref="FormatException">A word occurs twice.</exception>
    public Vocabulary(IEnumerable<string> words)
    {
        _words = [.. words];
        _index = new Dictionary<string, int>(_words.Length, StringComparer.Ordinal);
        for (int i = 0; i < _words.Length; i++)
        {
            if (!_index.TryAdd(_words[i], i + SpecialTokens.Count))
                throw new FormatException($"Vocabulary: expected every word once, got '{_words[i]}' twice. The model file is damaged.");
        }
    }

    /// <summary>The words, without the special tokens. The first word has the number <see cref="SpecialTokens.Count"/>.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The number of words and special tokens: the number of rows of an embedding table.</summary>
    public int Count => _words.Length + SpecialTokens.Count;

    public int IndexOf(ReadOnlySpan<char> token)
    {
#if NET9_0_OR_GREATER
        return _index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out int index) ? index : SpecialTokens.Unknown;
#else
        return _index.TryGetValue(token.ToString(), out int index) ? index : SpecialTokens.Unknown;
#endif
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(_words, VocabularyJson.Default.StringArray);

    /// <summary>Reads a vocabulary from JSON.</summary>
    /// <exception cref="FormatException">The bytes are not a list of distinct words.</exception>
    public static Vocabulary FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            string?[] words = JsonSerializer.Deserialize(json, VocabularyJson.Default.StringArray) ?? throw new JsonException("null");
            return words.Contains(null) ? throw new JsonException("null among the words") : new Vocabulary(words!);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Vocabulary: expected a JSON list of words, got something else ({e.Message}). The model file is damaged.", e);
        }
    }
}

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class VocabularyJson : JsonSerializerContext;
