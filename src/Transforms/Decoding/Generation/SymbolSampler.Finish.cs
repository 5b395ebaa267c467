using System.Runtime.InteropServices;

namespace MlNetRnn.Decoding;

internal sealed partial class SymbolSampler
{
    /// <summary>Generates until all rows have ended.</summary>
    /// <param name="stops">Returns whether a row ends after its symbols; null if only the model and the maximum length end a row.</param>
    /// <param name="cancellation">Cancels before the next step.</param>
    /// <returns>The symbols of each row since the call; with their states if the sampler keeps them.</returns>
    public IReadOnlyList<GeneratedSequence> Finish(SymbolStop? stops = null, CancellationToken cancellation = default)
    {
        var symbols = Array.ConvertAll(_rows, _ => new List<int>());
        var logProbabilities = Array.ConvertAll(_rows, _ => new List<float>());
        while (Step(cancellation) is { Count: > 0 } step)
        {
            foreach (GeneratedSymbol generated in step)
            {
                symbols[generated.Row].Add(generated.Symbol);
                logProbabilities[generated.Row].Add(generated.LogProbability);
                if (stops?.Invoke(CollectionsMarshal.AsSpan(symbols[generated.Row])) == true) Stop(generated.Row);
            }
        }
        return [.. _rows.Select((row, i) => new GeneratedSequence(
            [.. symbols[i]], [.. logProbabilities[i]], logProbabilities[i].Sum(value => (double)value), row.End, _keepsStates ? Save(i) : null))];
    }
}
