using System.ComponentModel.DataAnnotations;
using System.Text;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// A request to translate a text: {"text": "…"}, optionally with languages, the width of the beam search and the number of translations. It is public because
/// ASP.NET generates the code that validates it, and does so only for public types.
/// </summary>
public sealed class TranslateRequest : IValidatableObject
{
    /// <summary>A request as a client may send it.</summary>
    internal const string Example = """{"text": "…"} or {"text": "…", "targetLanguage": "…", "beam": 5, "nBest": 3}""";

    /// <summary>The maximum length of a text, in UTF-16 characters.</summary>
    private const int MaxCharacters = 1000;

    /// <summary>The maximum number of symbols of a translation.</summary>
    private const int MaxSymbols = 500;

    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The language to translate to, for a model of several.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>The language of the text, for a model with an encoder for each.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The width of the beam search; null for that of the model.</summary>
    public int? Beam { get; init; }

    /// <summary>The maximum number of translations.</summary>
    public int NBest { get; init; } = 1;

    /// <summary>Whether the answer contains the alignment of each translation.</summary>
    public bool Attention { get; init; } = true;

    /// <summary>Returns the options of a valid request.</summary>
    /// <param name="model">The options of the model, which apply to everything that the request does not contain.</param>
    internal RnnTranslationDecodingOptions Options(RnnTranslationDecodingOptions model)
    {
        // By default, a translation has at most twice the number of source steps and 20 more symbols; a source has at most one step per byte, a tag and an end.
        int longest = model.MaximumLength ?? 2 * (Encoding.UTF8.GetByteCount(Text!) + 2) + 20;
        return ResultLimits.Apply(model, Beam, NBest) with { MaximumLength = longest > MaxSymbols ? MaxSymbols : model.MaximumLength };
    }

    /// <summary>Returns the errors of the request that do not depend on the model.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Text is null) yield return new ValidationResult("expected a string, got none", ["text"]);
        if (Text?.Length > MaxCharacters)
            yield return new ValidationResult($"expected at most {MaxCharacters} characters, got {Text.Length}; send one sentence at a time", ["text"]);
        foreach ((string property, string error) in ResultLimits.Check(Beam, NBest)) yield return new ValidationResult(error, [property]);
    }
}
