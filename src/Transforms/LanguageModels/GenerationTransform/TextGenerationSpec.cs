using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.LanguageModels;

/// <summary>The specification of a text-generating transformer, without its language model, as JSON in the model file.</summary>
/// <param name="PromptColumn">The column of prompts.</param>
/// <param name="TextColumn">The column that receives the texts.</param>
/// <param name="ScoreColumn">The column that receives the log-probability of each text; null for none.</param>
/// <param name="Options">The options, with a seed.</param>
internal sealed record TextGenerationSpec(string PromptColumn, string TextColumn, string? ScoreColumn, RnnGenerationOptions Options)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, TextGenerationJson.Default.TextGenerationSpec);

    /// <exception cref="FormatException">The bytes are not a valid specification.</exception>
    public static TextGenerationSpec FromJson(byte[] json)
    {
        try
        {
            TextGenerationSpec spec = JsonSerializer.Deserialize(json, TextGenerationJson.Default.TextGenerationSpec) is
            { PromptColumn: not null, TextColumn: not null, Options.Seed: not null } read
                ? read
                : throw new JsonException("columns or the seed are missing");
            spec.Options.Validate(nameof(Options));
            return spec;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new FormatException(
                $"Text generation: expected its columns and options as JSON, got something else ({e.Message}). The model file is damaged, or newer.", e);
        }
    }
}

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TextGenerationSpec))]
internal sealed partial class TextGenerationJson : JsonSerializerContext;
