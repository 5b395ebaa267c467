using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Translation;

/// <summary>
/// The specification of a translation model: everything but its weights and its symbols, as JSON in the model file. Scoring takes all settings from here and
/// never from defaults. docs/model-format.md describes it.
/// </summary>
internal sealed record TranslationSpec
{
    /// <summary>The newest format that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The source.</summary>
    public required SourceSpec Source { get; init; }

    /// <summary>The column that held the targets in training. Scoring does not read it.</summary>
    public required string TargetColumn { get; init; }

    /// <summary>The languages; null for a model of one pair of languages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LanguageSpec? Languages { get; init; }

    /// <summary>Whether source and target have one vocabulary.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasJointVocabulary { get; init; }

    /// <summary>The names of the output columns.</summary>
    public required TranslationColumns Columns { get; init; }

    /// <summary>How the transformer finds translations.</summary>
    public required RnnTranslationDecodingOptions Decoding { get; init; }

    /// <summary>The name of the kind of model.</summary>
    public required string Model { get; init; }

    /// <summary>C, the size of the last encoder states, which can be an output column.</summary>
    public required int StateSize { get; init; }

    /// <summary>Whether the decoder reads the source by attention.</summary>
    public required bool HasAttention { get; init; }

    /// <summary>Whether weights of the network are 8-bit integers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsQuantized { get; init; }

    /// <summary>The options of the trainer, for reference and for continued training.</summary>
    public required JsonElement Options { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, TranslationJson.Default.TranslationSpec);

    /// <exception cref="FormatException">The bytes are not a spec, or a spec of a newer format.</exception>
    public static TranslationSpec FromJson(byte[] json)
    {
        try
        {
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                int format = document.RootElement.GetProperty(nameof(Format)).GetInt32();
                if (format is < 1 or > CurrentFormat)
                    throw new FormatException(
                        $"Translation model format: expected 1 to {CurrentFormat}, got {format}. Update MlNetRnn.Transforms to read this model.");
            }
            return JsonSerializer.Deserialize(json, TranslationJson.Default.TranslationSpec) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(
                $"Translation model spec: expected the JSON of a model, got something else ({e.Message}). The model file is damaged.", e);
        }
    }
}

/// <summary>How a source is read.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">The name of the kind of the column.</param>
/// <param name="MaximumLength">The maximum number of steps; longer sources are truncated.</param>
/// <param name="FrameSize">The number of values in a frame; 0 if the steps are symbols.</param>
internal sealed record SourceSpec(string Column, string Kind, int MaximumLength, int FrameSize = 0)
{
    /// <summary>The regions of an image, if the source is one; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegionSpec? Regions { get; init; }

    /// <summary>The number of numbers of a frame in the column: those of a box have a column of their own.</summary>
    [JsonIgnore]
    public int ColumnFrameSize => FrameSize - (Regions?.BoxNumbers ?? 0);
}

/// <summary>
/// The regions of an image. A frame of the source is the vector of a region, followed by the four numbers of its box if there is a column of boxes.
/// </summary>
/// <param name="BoxesColumn">The column of the boxes; null for none.</param>
/// <param name="GridWidth">The number of cells in a row of the grid; 0 if the regions are not cells of a grid.</param>
/// <param name="GridHeight">The number of rows of the grid; 0 if the regions are not cells of a grid.</param>
internal sealed record RegionSpec(string? BoxesColumn = null, int GridWidth = 0, int GridHeight = 0)
{
    /// <summary>The number of numbers of a box: left, top, width, height.</summary>
    public const int BoxSize = 4;

    /// <summary>The number of numbers of a frame that belong to its box.</summary>
    [JsonIgnore]
    public int BoxNumbers => BoxesColumn is null ? 0 : BoxSize;

    /// <summary>Returns the boxes of the cells of the grid, row by row; empty without a grid.</summary>
    public float[] CellBoxes() =>
    [
        .. Enumerable.Range(0, GridWidth * GridHeight).SelectMany(cell => new[]
        {
            (float)(cell % GridWidth) / GridWidth, (float)(cell / GridWidth) / GridHeight, 1f / GridWidth, 1f / GridHeight,
        }),
    ];
}

/// <summary>The languages of a model.</summary>
/// <param name="SourceColumn">The column with the language of each source; null if it is not read.</param>
/// <param name="TargetColumn">The column with the language of each target.</param>
/// <param name="Sources">The source languages of the training data.</param>
/// <param name="Targets">The target languages of the training data.</param>
internal sealed record LanguageSpec(string? SourceColumn, string TargetColumn, IReadOnlyList<string> Sources, IReadOnlyList<string> Targets)
{
    /// <summary>Whether each source language has an encoder of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EncoderPerLanguage { get; init; }

    /// <summary>Whether each target language has a decoder of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DecoderPerLanguage { get; init; }
}

/// <summary>The names of the output columns of a translation model; null for a column that is not created.</summary>
internal sealed record TranslationColumns(
    string Translation, string Score, string? NBest = null, string? NBestScores = null, string? Symbols = null, string? SourceSymbols = null,
    string? Attention = null, string? EncoderState = null, string? End = null, string? Boxes = null);

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TranslationSpec))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(JsonElement[]))]
internal sealed partial class TranslationJson : JsonSerializerContext;
