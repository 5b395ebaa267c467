using MlNetRnn.Decoding;

namespace MlNetRnn.Translation;

/// <summary>Translations of several sources, whose symbols are drawn at random.</summary>
/// <param name="decoder">A decoder that has read nothing; row i reads source i.</param>
/// <param name="options">The options, with a seed.</param>
/// <param name="limits">The maximum length of each translation.</param>
/// <param name="streams">Which of the random streams of the seed each row uses.</param>
internal sealed class SampledGroup(INextSymbols decoder, RnnGenerationOptions options, int[] limits, long[] streams)
{
    /// <summary>Draws a translation of each source.</summary>
    /// <param name="check">Called before each step; throws to cancel.</param>
    public IReadOnlyList<GeneratedSequence>[] Find(Action? check)
    {
        GenerationStart start = new([]);
        var sampler = new SymbolSampler(decoder, options, [.. limits.Select(_ => start)], streams: streams);
        List<GeneratedSymbol>[] drawn = Array.ConvertAll(limits, _ => new List<GeneratedSymbol>());
        while (sampler.Step() is { Count: > 0 } step)
        {
            check?.Invoke();
            foreach (GeneratedSymbol symbol in step)
            {
                drawn[symbol.Row].Add(symbol);
                if (drawn[symbol.Row].Count >= limits[symbol.Row]) sampler.Stop(symbol.Row);
            }
        }
        return [.. drawn.Select((row, i) => (IReadOnlyList<GeneratedSequence>)[ToSequence(row, sampler.EndOf(i))])];
    }

    private static GeneratedSequence ToSequence(List<GeneratedSymbol> symbols, GenerationEnd end)
    {
        float[] logProbabilities = [.. symbols.Select(symbol => symbol.LogProbability)];
        return new GeneratedSequence(
            [.. symbols.Select(symbol => symbol.Symbol)], logProbabilities, logProbabilities.Sum(value => (double)value),
            end == GenerationEnd.Stopped ? GenerationEnd.MaximumLength : end, null);
    }
}
