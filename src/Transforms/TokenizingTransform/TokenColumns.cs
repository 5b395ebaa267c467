using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRnn.Tokenization;

namespace MlNetRnn.TokenizingTransform;

/// <summary>The settings of a tokenizing transformer. Saved in the model file.</summary>
/// <param name="Input">The column of texts.</param>
/// <param name="Output">The column of tokens, and the beginning of the names of the other columns.</param>
/// <param name="Tokenization">The way in which texts are split.</param>
/// <param name="WordRules">The version of the rules for words.</param>
internal sealed record TokenColumns(string Input, string Output, RnnTokenization Tokenization, int WordRules)
{
    public string Start => Output + ".Start";

    public string Length => Output + ".Length";

    public Tokenizer CreateTokenizer() => Tokenizers.Get(Tokenization, WordRules);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, TokenizingJson.Default.TokenColumns);

    /// <summary>Reads the settings from JSON.</summary>
    /// <exception cref="FormatException">The bytes are not such settings, or of a newer version.</exception>
    public static TokenColumns FromJson(byte[] json)
    {
        try
        {
            TokenColumns columns = JsonSerializer.Deserialize(json, TokenizingJson.Default.TokenColumns) is { Input: not null, Output: not null } read
                ? read
                : throw new JsonException("names are missing");
            WordTokenizer.RequireKnown(columns.WordRules);
            return columns;
        }
        catch (JsonException e)
        {
            throw new FormatException($"Tokenizer: expected the names of its columns, got something else ({e.Message}). The model file is damaged.", e);
        }
    }
}

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSerializable(typeof(TokenColumns))]
internal sealed partial class TokenizingJson : JsonSerializerContext;
