using System.Text.Json.Serialization;

namespace MlNetRnn.Samples.Serving;

/// <summary>What a request is answered.</summary>
/// <param name="Model">The version of the model that answers.</param>
/// <param name="Answers">An answer a text, in their order.</param>
internal sealed record Reply(string Model, IReadOnlyList<object> Answers);

/// <summary>The most probable class, and all of them in the model's order.</summary>
internal sealed record ClassAnswer(
    string Label,
    float Probability,
    IReadOnlyList<ClassProbability> Classes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<WordAnswer>? Words);

internal sealed record ClassProbability(string Label, float Probability);

/// <summary>The number that a regression says.</summary>
internal sealed record NumberAnswer(
    float Score,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<WordAnswer>? Words);

/// <summary>A word of a text that is explained.</summary>
/// <param name="Text">The word.</param>
/// <param name="Start">Where it begins, in UTF-16 characters.</param>
/// <param name="Length">How many it has.</param>
/// <param name="Importance">By how much the probability of the predicted class, or the number, falls without it.</param>
internal sealed record WordAnswer(string Text, int Start, int Length, float Importance);

/// <summary>The tags of a text, and the spans that they mark.</summary>
internal sealed record TagAnswer(IReadOnlyList<TokenAnswer> Tokens, IReadOnlyList<SpanAnswer> Spans);

/// <summary>A token with its tag; without one beyond what the model reads.</summary>
internal sealed record TokenAnswer(string Text, int Start, int Length, string? Tag, float? Probability);

/// <summary>Neighbouring tokens that are one thing.</summary>
internal sealed record SpanAnswer(string Type, int Start, int Length, string Text);
