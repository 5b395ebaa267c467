using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRnn.Columns;
using MlNetRnn.Tasks;

namespace MlNetRnn.Model;

/// <summary>
/// The specification of a model: everything except weights, vocabularies and labels, as JSON in the model file. Scoring takes all settings from here and never
/// from defaults. docs/model-format.md describes it.
/// </summary>
internal sealed record RnnModelSpec
{
    /// <summary>The newest format that this version writes and reads.</summary>
    public const int CurrentFormat = 3;

    /// <summary>The format of models without grids, which older versions read, too.</summary>
    private const int FormatWithoutGrids = 2;

    public int Format { get; init; } = FormatWithoutGrids;

    /// <summary>The column that holds the sequences.</summary>
    public required string InputColumn { get; init; }

    public required SequenceReading Reading { get; init; }

    /// <summary>Additional columns with a value for each step; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("Further")] // the name in model files
    public IReadOnlyList<AdditionalInput>? Additional { get; init; }

    /// <summary>Whether the network reads the characters of tokens.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReadsCharacters { get; init; }

    /// <summary>Whether weights of the network are 8-bit integers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsQuantized { get; init; }

    public required TaskSpec Task { get; init; }

    /// <summary>The options of the trainer, for reference and for continued training.</summary>
    public required JsonElement Options { get; init; }

    /// <summary>Returns the oldest format that has all settings for reading a column.</summary>
    public static int FormatOf(SequenceReading reading) => reading.Grid is null ? FormatWithoutGrids : CurrentFormat;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ModelJson.Default.RnnModelSpec);

    /// <exception cref="FormatException">The bytes are not a spec, or a spec of a newer format.</exception>
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

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RnnModelSpec))]
internal sealed partial class ModelJson : JsonSerializerContext;
