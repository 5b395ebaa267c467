using MlNetRnn.Batching;

namespace MlNetRnn.Fitting;

/// <summary>The weights of the classes.</summary>
internal static class ClassWeights
{
    private const int Named = 20;

    /// <summary>Returns the weight of each class; null if all are equal.</summary>
    /// <param name="weighting">The weights of classes without a given weight.</param>
    /// <param name="given">The weights from the user, by the name of the class; null for none.</param>
    /// <param name="names">The names of the classes, in order.</param>
    /// <param name="data">The training rows.</param>
    public static float[]? Of(
        RnnClassWeighting weighting, IReadOnlyDictionary<string, float>? given, IReadOnlyList<string> names, TrainingData data) =>
        given is not null ? Given(given, names) : weighting == RnnClassWeighting.Balanced ? Balanced(names.Count, data) : null;

    private static float[] Given(IReadOnlyDictionary<string, float> given, IReadOnlyList<string> names) =>
        [.. names.Select(name => given.GetValueOrDefault(name, 1))];

    /// <summary>Validates the names.</summary>
    /// <exception cref="ArgumentException">A weight is given for an unknown class.</exception>
    public static void Check(IReadOnlyDictionary<string, float>? given, IReadOnlyList<string> names)
    {
        string[] unknown = [.. (given?.Keys ?? []).Except(names)];
        if (unknown.Length == 0) return;
        string expected = string.Join(", ", names.Take(Named)) + (names.Count > Named ? " …" : "");
        throw new ArgumentException(
            $"ClassWeights: expected names of classes ({expected}), got {string.Join(", ", unknown)}. Use the values of the label column as names.");
    }

    private static float[] Balanced(int classes, TrainingData data)
    {
        var rows = new double[classes];
        foreach (int row in data.TrainingRows) rows[(int)data.Training.Targets[row]] += data.Training.Weights?[row] ?? 1;
        double total = rows.Sum(), occurring = rows.Count(count => count > 0);
        return [.. rows.Select(count => count > 0 ? (float)(total / (occurring * count)) : 1)];
    }
}
