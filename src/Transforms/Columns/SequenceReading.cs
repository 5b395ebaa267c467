using System.Text.Json.Serialization;

namespace MlNetRnn.Columns;

/// <summary>How the values of a sequence column become the steps of a sequence. Travels in the model file.</summary>
internal sealed record SequenceReading
{
    /// <summary>The name of the <see cref="SequenceKind"/>.</summary>
    public required string Kind { get; init; }

    public RnnTokenization Tokenization { get; init; }

    /// <summary>The version of the rules that <see cref="RnnTokenization.Word"/> follows; models of format 1 do not state it and follow the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WordRules { get; init; }

    public bool LowerCase { get; init; }

    /// <summary>Longer sequences are cut after so many steps.</summary>
    public int MaximumLength { get; init; }

    /// <summary>Whether each pair of neighbouring tokens is a token too, beside them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WordBigrams { get; init; }

    /// <summary>The numbers of a frame; 0 where the steps are tokens.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int FrameSize { get; init; }
}
