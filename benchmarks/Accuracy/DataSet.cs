namespace MlNetRnn.Accuracy;

/// <summary>A data set in parts. Without a validation part, the trainer holds out a share of the training part.</summary>
/// <param name="Train">The training data.</param>
/// <param name="Validation">The validation data.</param>
/// <param name="Test">The test data.</param>
internal sealed record DataSet(IReadOnlyList<Example> Train, IReadOnlyList<Example>? Validation, IReadOnlyList<Example> Test)
{
    /// <summary>The kind of label.</summary>
    public Target Target { get; init; } = Target.Class;

    /// <summary>Options that the data requires, such as tokens of characters or the size of a frame. All other options have their defaults.</summary>
    public string[] Nature { get; init; } = [];

    /// <summary>Splits off a random share of the rows as the test part, the same in every run.</summary>
    public static DataSet Split(List<Example> rows, double testShare)
    {
        Example[] all = [.. rows];
        new Random(1).Shuffle(all);
        int test = (int)(all.Length * testShare);
        return new DataSet(all[test..], null, all[..test]);
    }
}

/// <summary>The kind of label of a sequence.</summary>
internal enum Target
{
    Class,
    OrdinalClass,
    Number,
}
