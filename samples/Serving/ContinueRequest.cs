using System.ComponentModel.DataAnnotations;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// A request to continue a text: {"text": "…"}, optionally with a length, a seed, and a temperature or the width of a beam search. It is public because ASP.NET
/// generates the code that validates it, and does so only for public types.
/// </summary>
public sealed class ContinueRequest : IValidatableObject
{
    /// <summary>A request as a client may send it.</summary>
    internal const string Example = """{"text": "…", "length": 80, "temperature": 0.7} or {"text": "…", "beam": 4}""";

    /// <summary>The maximum length of a text, in UTF-16 characters.</summary>
    private const int MaxCharacters = 20_000;

    /// <summary>The number of characters at the end of the text that the model reads.</summary>
    private const int ReadCharacters = 1000;

    private const int MaxLength = 400, MaxBeam = 16;

    private const float MaxTemperature = 5, DefaultTemperature = 0.7f;

    /// <summary>The beginning.</summary>
    public string? Text { get; init; }

    /// <summary>The maximum number of symbols.</summary>
    public int Length { get; init; } = 80;

    /// <summary>The temperature; 0 always takes the most probable symbol.</summary>
    public float? Temperature { get; init; }

    /// <summary>The width of a beam search; 0 to draw symbols.</summary>
    public int Beam { get; init; }

    /// <summary>The seed of the random numbers; null for other numbers each time.</summary>
    public int? Seed { get; init; }

    /// <summary>The end of the text, which the model reads.</summary>
    internal string Prompt
    {
        get
        {
            int start = Math.Max(0, Text!.Length - ReadCharacters);
            return Text[(start > 0 && char.IsLowSurrogate(Text[start]) ? start + 1 : start)..];
        }
    }

    /// <summary>Returns the options of a valid request.</summary>
    internal RnnGenerationOptions Options => Beam > 0
        ? new RnnGenerationOptions { MaximumLength = Length, BeamWidth = Beam }
        : new RnnGenerationOptions { MaximumLength = Length, Temperature = Temperature ?? DefaultTemperature, Seed = Seed };

    /// <summary>Returns the errors of the request.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Text is null) yield return new ValidationResult("expected a string, got none", ["text"]);
        if (Text?.Length > MaxCharacters)
            yield return new ValidationResult($"expected at most {MaxCharacters} characters, got {Text.Length}", ["text"]);
        if (Length is < 1 or > MaxLength) yield return new ValidationResult($"expected 1 to {MaxLength}, got {Length}", ["length"]);
        if (Temperature is not (null or >= 0 and <= MaxTemperature))
            yield return new ValidationResult(FormattableString.Invariant($"expected 0 to {MaxTemperature}, got {Temperature}"), ["temperature"]);
        if (Beam is < 0 or > MaxBeam) yield return new ValidationResult($"expected 0 to {MaxBeam}, got {Beam}", ["beam"]);
        if (Beam > 0 && (Temperature ?? Seed) is not null)
            yield return new ValidationResult("expected either a beam search or a temperature and a seed, got both", ["beam"]);
    }
}
