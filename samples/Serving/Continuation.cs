using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;

namespace MlNetRnn.Samples.Serving;

/// <summary>The answers to /continue: the symbols of a text as they are generated.</summary>
internal static class Continuation
{
    /// <summary>The text of a part of a character.</summary>
    private const char Incomplete = '\uFFFD';

    /// <summary>
    /// Reads the text and generates the first symbol; a beam search finds all symbols. The symbols that follow are generated while the client reads them.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="limiter">The limiter of requests that are scored at once. The caller has a place for the first symbol.</param>
    /// <param name="leaving">Canceled when the client leaves.</param>
    public static IAsyncEnumerable<ContinuedSymbol> Of(ContinueRequest request, WriterModel model, RateLimiter limiter, CancellationToken leaving)
    {
        (RnnTextGenerator generator, ModelCard card) = model.OpenGenerator();
        RnnGenerationOptions options = request.Options;
        if (options.BeamWidth == 0) options = options with { MaximumLength = 1 };
        RnnGeneratedText first = generator.GenerateMany([request.Prompt], options, leaving)[0][0];
        return Symbols(request, generator, card, first, limiter, leaving);
    }

    private static async IAsyncEnumerable<ContinuedSymbol> Symbols(
        ContinueRequest request,
        RnnTextGenerator generator,
        ModelCard card,
        RnnGeneratedText text,
        RateLimiter limiter,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        int count = 0;
        float? open = null;
        while (true)
        {
            for (int i = 0; i < text.Symbols.Count; i++)
            {
                count++;
                bool isEnd = text.Symbols[i].Length == 0;
                // A subword may end within a character, which the next ones complete, unless the document ends there.
                if (isEnd && open is { } part)
                {
                    yield return new ContinuedSymbol($"{Incomplete}", part);
                    open = null;
                }
                float probability = (open ?? 1) * MathF.Exp(text.LogProbabilities[i]);
                bool isOpen = !isEnd && (text.Pieces[i].Length == 0 || text.Pieces[i].EndsWith(Incomplete)) && count < request.Length;
                open = isOpen ? probability : null;
                if (!isOpen) yield return new ContinuedSymbol(text.Pieces[i], probability);
            }
            if (text.End != RnnGenerationEnd.MaximumLength || count >= request.Length) break;
            // Each symbol takes a place of its own, so that a slow reader does not delay others.
            using RateLimitLease place = await limiter.AcquireAsync(1, cancellation);
            if (!place.IsAcquired) break;
            text = generator.Continue(text.State, "", request.Options with { MaximumLength = 1 }, cancellation)[0];
        }
        yield return new ContinuedSymbol("", null, $"{text.End}", card.ShortVersion);
    }
}

/// <summary>A symbol that continues a text, or, as the last one, the end.</summary>
/// <param name="Text">The text of the symbol; empty for the end of the document.</param>
/// <param name="Probability">Its probability, given all before it.</param>
/// <param name="End">Why the text ends; for the last answer only.</param>
/// <param name="Model">The version of the model; for the last answer only.</param>
internal sealed record ContinuedSymbol(
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Probability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? End = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model = null);
