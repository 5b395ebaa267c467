using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Sequences;

/// <summary>
/// The tokens that a model knows, numbered: the <see cref="SpecialTokens"/> first, then the words from frequent to rare.
/// Immutable, hence shared by all threads.
/// </summary>
internal sealed class Vocabulary : ITokenIndex
{
    private readonly string[] _words;
    private readonly Dictionary<string, int> _index;

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

    /// <summary>The words, without the special tokens; the first has the number <see cref="SpecialTokens.Count"/>.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>How many numbers there are, special tokens included: the rows of an embedding table.</summary>
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

    /// <exception cref="FormatException">The bytes are no list of different words.</exception>
    public static Vocabulary FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return new Vocabulary(JsonSerializer.Deserialize(json, VocabularyJson.Default.StringArray) ?? throw new JsonException("null"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"Vocabulary: expected a JSON list of words, got something else ({e.Message}). The model file is damaged.", e);
        }
    }
}

/// <summary>Written by the compiler, so that trimmed applications can read it.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class VocabularyJson : JsonSerializerContext;
