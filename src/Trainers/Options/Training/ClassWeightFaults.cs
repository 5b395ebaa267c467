namespace MlNetRnn.Options;

/// <summary>Validates the weights of classes.</summary>
internal static class ClassWeightFaults
{
    public static IEnumerable<string> Of(RnnClassWeighting weighting, IReadOnlyDictionary<string, float>? weights)
    {
        bool given = weighting == RnnClassWeighting.Given;
        if (given && weights is null) yield return "ClassWeights: expected weights when ClassWeighting is Given, got null";
        if (!given && weights is not null) yield return $"ClassWeights: expected null when ClassWeighting is {weighting}, got {weights.Count} weights";
        foreach ((string name, float weight) in weights ?? new Dictionary<string, float>())
            if (!float.IsFinite(weight) || weight < 0) yield return FormattableString.Invariant($"ClassWeights['{name}']: expected 0 or more, got {weight}");
    }
}
