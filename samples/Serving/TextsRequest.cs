using System.ComponentModel.DataAnnotations;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// A request to tag texts: {"text": "…"} or {"texts": ["…", …]}. It is public because ASP.NET generates the code that validates it, and does so only for public
/// types.
/// </summary>
public class TextsRequest : IValidatableObject
{
    /// <summary>A request as a client may send it.</summary>
    internal const string Example = """{"text": "…"} or {"texts": ["…", …]}""";

    /// <summary>The maximum number of texts.</summary>
    private const int MaxTexts = 256;

    /// <summary>The maximum length of a text, in UTF-16 characters.</summary>
    private const int MaxCharacters = 20_000;

    /// <summary>A single text.</summary>
    public string? Text { get; init; }

    /// <summary>Several texts.</summary>
    public IReadOnlyList<string?>? Texts { get; init; }

    /// <summary>The texts of a valid request.</summary>
    internal IReadOnlyList<string> All => Text is null ? [.. Texts!.Select(text => text!)] : [Text];

    /// <summary>Returns the errors of the request, each with the client's name of the text.</summary>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Text is not null && Texts is not null) return [new ValidationResult("expected either text or texts, got both")];
        if (Text is null && Texts is null) return [new ValidationResult("expected either text or texts, got neither")];
        if (Texts?.Count == 0) return [new ValidationResult("expected at least one text, got none", ["texts"])];
        if (Texts?.Count > MaxTexts) return [new ValidationResult($"expected at most {MaxTexts} texts, got {Texts.Count}", ["texts"])];
        return from text in (Texts ?? [Text]).Index()
               let error = text.Item is null ? "expected a string, got null" : text.Item.Length > MaxCharacters ? TooLong(text.Item) : null
               where error is not null
               select new ValidationResult(error, [NameOf(text.Index)]);
    }

    /// <summary>Returns the client's name of a text.</summary>
    private protected string NameOf(int text) => Texts is null ? "text" : $"texts[{text}]";

    private static string TooLong(string text) => $"expected at most {MaxCharacters} characters, got {text.Length}";
}
