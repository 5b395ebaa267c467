using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRnn.Columns;
using MlNetRnn.Tasks;

namespace MlNetRnn.Model;

/// <summary>
/// Everything about a model that is neither weights nor words, as JSON in the model file: whatever is needed to score comes from here
/// and never from defaults. docs/model-format.md describes it.
/// </summary>
internal sealed record RnnModelSpec
{
    /// <summary>The newest format that this version writes and reads.</summary>
    public const int CurrentFormat = 2;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The column that holds the sequences.</summary>
    public required string InputColumn { get; init; }

    public required SequenceReading Reading { get; init; }

    /// <summary>Columns that say something of each step besides; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("Further")] // the name in model files
    public IReadOnlyList<AdditionalInput>? Additional { get; init; }

    /// <summary>Whether the network looks at the characters of tokens.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReadsCharacters { get; init; }

    /// <summary>Whether weights of the network are 8-bit integers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsQuantized { get; init; }

    public required TaskSpec Task { get; init; }

    /// <summary>The options that the trainer was given, for the record and for training on.</summary>
    public required JsonElement Options { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ModelJson.Default.RnnModelSpec);

    /// <exception cref="FormatException">The bytes are no spec, or one of a newer format.</exception>
    public static RnnModelSpec FromJson(byte[] json)
    {
        try
        {
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                int format = document.RootElement.GetProperty(nameof(Format)).GetInt32();
                if (format is < 1 or > CurrentFormat)
                    throw new FormatException($"Model format: expected 1 to {CurrentFormat}, got {format}. Update MlNetRnn.Transforms to read this model.");
            }
            return JsonSerializer.Deserialize(json, ModelJson.Default.RnnModelSpec) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"Model spec: expected the JSON of a model, got something else ({e.Message}). The model file is damaged.", e);
        }
    }
}

/// <summary>Written by the compiler, so that trimmed applications can read it.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RnnModelSpec))]
internal sealed partial class ModelJson : JsonSerializerContext;
