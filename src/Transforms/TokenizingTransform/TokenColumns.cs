using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRnn.Tokenization;

namespace MlNetRnn.TokenizingTransform;

/// <summary>What a tokenizing transformer does. Travels in the model file.</summary>
/// <param name="Input">The column of texts.</param>
/// <param name="Output">The column of tokens; those of their places are named after it.</param>
/// <param name="Tokenization">How texts are cut.</param>
/// <param name="WordRules">The version of the rules for words.</param>
internal sealed record TokenColumns(string Input, string Output, RnnTokenization Tokenization, int WordRules)
{
    public string Start => Output + ".Start";

    public string Length => Output + ".Length";

    public Tokenizer CreateTokenizer() => Tokenizers.Get(Tokenization, WordRules);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, TokenizingJson.Default.TokenColumns);

    /// <exception cref="FormatException">The bytes are something else.</exception>
    public static TokenColumns FromJson(byte[] json)
    {
        try
        {
            TokenColumns columns = JsonSerializer.Deserialize(json, TokenizingJson.Default.TokenColumns) is { Input: not null, Output: not null } read ? read : throw new JsonException("names are missing");
            if (columns.WordRules is >= 1 and <= WordTokenizer.CurrentRules) return columns;
            throw new FormatException($"Tokenizer: expected rules for words of a version from 1 to {WordTokenizer.CurrentRules}, got {columns.WordRules}. Load the model with the version of MlNetRnn that saved it, or with a later one.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"Tokenizer: expected the names of its columns, got something else ({e.Message}). The model file is damaged.", e);
        }
    }
}

/// <summary>Written by the compiler, so that trimmed applications can read it.</summary>
[JsonSerializable(typeof(TokenColumns))]
internal sealed partial class TokenizingJson : JsonSerializerContext;
