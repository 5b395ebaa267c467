namespace MlNetRnn.Samples.Serving;

/// <summary>The limits of the beam search and of the number of results, for translations and captions.</summary>
internal static class ResultLimits
{
    private const int MaxBeam = 16, MaxNBest = 8;

    /// <summary>Returns the errors of a request, each with its property.</summary>
    /// <param name="beam">The width of the beam search; null for that of the model.</param>
    /// <param name="nBest">The maximum number of results.</param>
    public static IEnumerable<(string Property, string Error)> Check(int? beam, int nBest)
    {
        if (beam is < 1 or > MaxBeam) yield return ("beam", $"expected 1 to {MaxBeam}, got {beam}");
        int most = beam is >= 1 and < MaxNBest ? beam.Value : MaxNBest;
        if (nBest < 1 || nBest > most) yield return ("nBest", $"expected 1 to {most}, got {nBest}{(most < MaxNBest ? "; a wider beam finds more" : "")}");
    }

    /// <summary>Returns the options of a valid request.</summary>
    /// <param name="model">The options of the model, which apply to everything else.</param>
    /// <param name="beam">The width of the beam search; null for that of the model.</param>
    /// <param name="nBest">The maximum number of results.</param>
    public static RnnTranslationDecodingOptions Apply(RnnTranslationDecodingOptions model, int? beam, int nBest) => model with
    {
        BeamWidth = beam ?? Math.Clamp(model.BeamWidth, nBest, MaxBeam),
        NBest = nBest,
        // A beam search draws nothing.
        Temperature = 1,
        TopK = 0,
        TopP = 1,
        Seed = null,
    };
}
