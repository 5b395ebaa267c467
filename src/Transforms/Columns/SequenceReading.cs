using System.Text.Json.Serialization;

namespace MlNetRnn.Columns;

/// <summary>The settings by which the values of a column become the steps of a sequence. Saved in the model file.</summary>
internal sealed record SequenceReading
{
    /// <summary>The name of the <see cref="SequenceKind"/>.</summary>
    public required string Kind { get; init; }

    public RnnTokenization Tokenization { get; init; }

    /// <summary>The version of the rules for <see cref="RnnTokenization.Word"/>; 0 in models of format 1, which follow version 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WordRules { get; init; }

    public bool LowerCase { get; init; }

    /// <summary>The maximum number of steps; longer sequences are truncated.</summary>
    public int MaximumLength { get; init; }

    /// <summary>Whether each pair of adjacent tokens is an additional token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WordBigrams { get; init; }

    /// <summary>The number of values in a frame; 0 if the steps are tokens.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int FrameSize { get; init; }

    /// <summary>How the numbers become a grid, whose cells are frames; null if the steps are in time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GridReading? Grid { get; init; }
}
