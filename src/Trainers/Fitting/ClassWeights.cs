using MlNetRnn.Batching;


namespace MlNetRnn.Fitting;

/// <summary>How much the rows of each class count.</summary>
internal static class ClassWeights
{
    /// <param name="weighting">In which way.</param>
    /// <param name="given">The weights of the classes that the user names.</param>
    /// <param name="names">The names of the classes in their order.</param>
    /// <param name="data">The rows to learn from.</param>
    /// <returns>A weight a class; null where all count the same.</returns>
    public static float[]? Of(RnnClassWeighting weighting, IReadOnlyDictionary<string, float>? given, IReadOnlyList<string> names, TrainingData data) =>
        given is not null ? Given(given, names) : weighting == RnnClassWeighting.Balanced ? Balanced(names.Count, data) : null;

    private static float[] Given(IReadOnlyDictionary<string, float> given, IReadOnlyList<string> names) => [.. names.Select(name => given.GetValueOrDefault(name, 1))];

    /// <exception cref="ArgumentException">A name is that of no class.</exception>
    public static void Check(IReadOnlyDictionary<string, float>? given, IReadOnlyList<string> names)
    {
        string[] strangers = [.. (given?.Keys ?? []).Except(names)];
        if (strangers.Length > 0)
            throw new ArgumentException($"ClassWeights: expected names of classes ({string.Join(", ", names.Take(20))}{(names.Count > 20 ? " …" : "")}), got {string.Join(", ", strangers)}. Name them as the label does.");
    }

    private static float[] Balanced(int classes, TrainingData data)
    {
        var rows = new double[classes];
        foreach (int row in data.TrainingRows) rows[(int)data.Training.Targets[row]] += data.Training.Weights?[row] ?? 1;
        double total = rows.Sum(), occurring = rows.Count(count => count > 0);
        return [.. rows.Select(count => count > 0 ? (float)(total / (occurring * count)) : 1)];
    }
}
