namespace MlNetRnn.Samples.Serving;

/// <summary>Numbers of attention in answers: more decimals would only make the answers longer.</summary>
internal static class RoundedWeights
{
    private const int Decimals = 4;

    /// <summary>Returns rounded weights of each symbol.</summary>
    public static IReadOnlyList<float[]> Of(IEnumerable<IReadOnlyList<float>> attention) => [.. attention.Select(weights => weights.Select(Round).ToArray())];

    /// <summary>Returns a rounded number.</summary>
    public static float Round(float number) => MathF.Round(number, Decimals);
}
