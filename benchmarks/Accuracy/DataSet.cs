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

    /// <summary>Returns the training part alone, with one of several random folds of it as the test part. The test part of the data set is not read.</summary>
    /// <param name="fold">The fold, from 0.</param>
    /// <param name="folds">The number of folds.</param>
    public DataSet Fold(int fold, int folds)
    {
        Example[] all = [.. Train];
        new Random(1).Shuffle(all);
        return this with { Train = [.. all.Where((_, i) => i % folds != fold)], Test = [.. all.Where((_, i) => i % folds == fold)] };
    }

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
