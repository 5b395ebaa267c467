using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.LanguageModels;

/// <summary>
/// The specification of a language model: everything but its weights and its symbols, as JSON in the model file. Scoring takes all settings from here and never
/// from defaults. docs/model-format.md describes it.
/// </summary>
internal sealed record LanguageModelSpec
{
    /// <summary>The newest format that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The column that holds the texts or units.</summary>
    public required string InputColumn { get; init; }

    /// <summary>The name of the kind of the column.</summary>
    public required string InputKind { get; init; }

    /// <summary>Whether the model was trained on one stream of rows, so that the next row follows the boundary.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether the rows of the stream are lines, which contain no line breaks: the boundary is the line break.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RowsAreLines { get; init; }

    /// <summary>The names of the output columns.</summary>
    public required LanguageModelColumns Columns { get; init; }

    /// <summary>The name of the kind of model.</summary>
    public required string Model { get; init; }

    /// <summary>Whether weights of the network are 8-bit integers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsQuantized { get; init; }

    /// <summary>The options of the trainer, for reference and for continued training.</summary>
    public required JsonElement Options { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, LanguageModelJson.Default.LanguageModelSpec);

    /// <exception cref="FormatException">The bytes are not a spec, or a spec of a newer format.</exception>
    public static LanguageModelSpec FromJson(byte[] json)
    {
        try
        {
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                int format = document.RootElement.GetProperty(nameof(Format)).GetInt32();
                if (format is < 1 or > CurrentFormat)
                    throw new FormatException(
                        $"Language model format: expected 1 to {CurrentFormat}, got {format}. Update MlNetRnn.Transforms to read this model.");
            }
            return JsonSerializer.Deserialize(json, LanguageModelJson.Default.LanguageModelSpec) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"Language model spec: expected the JSON of a model, got something else ({e.Message}). The model file is damaged.", e);
        }
    }
}

/// <summary>The names of the output columns of a language model; null for a column that is not created.</summary>
internal sealed record LanguageModelColumns(string LogProbability, string Perplexity, string? Symbols = null, string? SymbolLogProbabilities = null);

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LanguageModelSpec))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(JsonElement[]))]
internal sealed partial class LanguageModelJson : JsonSerializerContext;
