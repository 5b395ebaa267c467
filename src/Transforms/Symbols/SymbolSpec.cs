using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Symbols;

/// <summary>How texts become symbols, without the vocabulary.</summary>
/// <param name="Unit">The unit of the symbols.</param>
/// <param name="WordRules">The version of the rules for words; 0 if the units are not words.</param>
internal sealed record SymbolSpec(RnnLanguageUnit Unit, int WordRules = 0)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SymbolJson.Default.SymbolSpec);

    /// <exception cref="FormatException">The bytes are something else.</exception>
    public static SymbolSpec FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SymbolJson.Default.SymbolSpec) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new FormatException(
                $"Symbols: expected the unit of a language model as JSON, got something else ({e.Message}). "
                + "The model file is damaged or was saved by a later version.", e);
        }
    }
}

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSerializable(typeof(SymbolSpec))]
[JsonSerializable(typeof(int[][]))]
internal sealed partial class SymbolJson : JsonSerializerContext;
