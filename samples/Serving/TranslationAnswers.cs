using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MlNetRnn.Samples.Serving;

/// <summary>The answers to /translate: the translations of a text, the best first, and their alignments.</summary>
internal static class TranslationAnswers
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="leaving">Canceled when the client leaves.</param>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public static Results<Ok<Reply>, ValidationProblem> Of(TranslateRequest request, TranslatorModel model, CancellationToken leaving)
    {
        (RnnTranslator translator, RnnTranslationDecodingOptions decoding, ModelCard card) = model.OpenTranslator();
        Dictionary<string, string[]> errors = [];
        Check("targetLanguage", request.TargetLanguage, card.TargetLanguages!, isRequired: true, errors);
        Check("sourceLanguage", request.SourceLanguage, card.SourceLanguages!, isRequired: false, errors);
        if (errors.Count > 0) return Problems.Invalid(errors);
        IReadOnlyList<RnnTranslation> found;
        try
        {
            found = translator.TranslateMany([request.Text!], request.Options(decoding), request.TargetLanguage, request.SourceLanguage, leaving)[0];
        }
        catch (ArgumentException) when (request.SourceLanguage is null && card.SourceLanguages!.Count > 0)
        {
            // The model has an encoder for each language.
            Check("sourceLanguage", null, card.SourceLanguages, isRequired: true, errors);
            return Problems.Invalid(errors);
        }
        TranslationAnswer[] translations = [.. found.Select(one => Answer(one, request.Attention))];
        return TypedResults.Ok(new Reply(card.ShortVersion, [new TranslationsAnswer(found[0].SourceSymbols, found[0].IsSourceTruncated, translations)]));
    }

    private static void Check(string property, string? language, IReadOnlyList<string> known, bool isRequired, Dictionary<string, string[]> errors)
    {
        string? expected = known.Count == 0
            ? language is null ? null : "none, because the model has no list of languages"
            : language is null ? (isRequired ? $"one of {string.Join(", ", known)}" : null)
            : known.Contains(language) ? null : $"one of {string.Join(", ", known)}";
        if (expected is not null) errors.Add(property, [$"expected {expected}, got {(language is null ? "none" : $"'{Problems.Shortened(language)}'")}"]);
    }

    private static TranslationAnswer Answer(RnnTranslation found, bool hasAttention) => new(
        found.Text,
        found.Score,
        $"{found.End}",
        found.Symbols,
        hasAttention ? RoundedWeights.Of(found.Attention) : null);
}

/// <summary>The translations of a text.</summary>
/// <param name="SourceSymbols">
/// The symbols of the text as the model reads them: the tag of the target language, if the model reads one, the symbols, and an empty text for the end.
/// </param>
/// <param name="IsSourceTruncated">Whether the text is longer than the model reads.</param>
/// <param name="Translations">The translations, the best first.</param>
internal sealed record TranslationsAnswer(IReadOnlyList<string> SourceSymbols, bool IsSourceTruncated, IReadOnlyList<TranslationAnswer> Translations);

/// <summary>A translation.</summary>
/// <param name="Text">The text.</param>
/// <param name="Score">Its log-probability, with the penalties of the beam search.</param>
/// <param name="End">Why it ends: DocumentEnd if it is complete.</param>
/// <param name="Symbols">Its symbols; an empty text for the end.</param>
/// <param name="Attention">For each symbol the weight of each source symbol, rounded; empty for a model without attention.</param>
internal sealed record TranslationAnswer(
    string Text,
    double Score,
    string End,
    IReadOnlyList<string> Symbols,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<float[]>? Attention);
