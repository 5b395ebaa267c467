using System.Text.Json.Serialization;

namespace MlNetRnn.Samples.Serving;

/// <summary>The answer to a request.</summary>
/// <param name="Model">The version of the model that answered.</param>
/// <param name="Answers">An answer for each text, in the order of the texts.</param>
internal sealed record Reply(string Model, IReadOnlyList<object> Answers);

/// <summary>The most probable class, and the probabilities of all classes in the model's order.</summary>
internal sealed record ClassAnswer(
    string Label,
    float Probability,
    IReadOnlyList<ClassProbability> Classes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<WordAnswer>? Words);

/// <summary>The probability of a class.</summary>
internal sealed record ClassProbability(string Label, float Probability);

/// <summary>The number that a regression predicts.</summary>
internal sealed record NumberAnswer(
    float Score,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<WordAnswer>? Words);

/// <summary>The importance of a word.</summary>
/// <param name="Text">The word as the model reads it, without soft hyphens and other characters that the tokenizer leaves out.</param>
/// <param name="Start">Its first UTF-16 character in the text.</param>
/// <param name="Length">The number of UTF-16 characters of the text that it covers.</param>
/// <param name="Importance">The decrease of the predicted class's probability, or of the predicted number, if the word is left out.</param>
internal sealed record WordAnswer(string Text, int Start, int Length, float Importance);

/// <summary>The tags of a text, and the spans that they mark.</summary>
internal sealed record TagAnswer(IReadOnlyList<TokenAnswer> Tokens, IReadOnlyList<SpanAnswer> Spans);

/// <summary>A token and its tag; no tag for tokens beyond the length that the model reads.</summary>
/// <param name="Text">The token as the model reads it, without soft hyphens and other characters that the tokenizer leaves out.</param>
/// <param name="Start">Its first UTF-16 character in the text.</param>
/// <param name="Length">The number of UTF-16 characters of the text that it covers.</param>
/// <param name="Tag">The predicted tag.</param>
/// <param name="Probability">The probability of the tag.</param>
internal sealed record TokenAnswer(string Text, int Start, int Length, string? Tag, float? Probability);

/// <summary>Adjacent tokens that form one unit, such as a name.</summary>
/// <param name="Type">The type, such as PER.</param>
/// <param name="Start">Its first UTF-16 character in the text.</param>
/// <param name="Length">Its number of UTF-16 characters.</param>
/// <param name="Text">The characters of the text.</param>
internal sealed record SpanAnswer(string Type, int Start, int Length, string Text);
