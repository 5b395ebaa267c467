using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Experiments;

/// <summary>The data of an experiment: training and validation rows, one pair or one for each fold.</summary>
/// <param name="Folds">The pairs.</param>
internal sealed record ExperimentData(IReadOnlyList<(IDataView Train, IDataView Validation)> Folds)
{
    private const double HeldOut = 0.1;

    /// <summary>Independent of the seed of the experiment, so that experiments with different seeds can be compared.</summary>
    private const int SeedOfSplits = 1;

    /// <exception cref="ArgumentException">The columns of the training rows and the validation rows differ.</exception>
    public static ExperimentData Of(IDataView train, IDataView validation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        string[] differences =
        [
            .. Columns(train).Except(Columns(validation))
                .Concat(Columns(validation).Except(Columns(train)))
                .Select(column => $"{column.Name} ({column.Type})"),
        ];
        return differences.Length == 0
            ? new ExperimentData([(train, validation)])
            : throw new ArgumentException(
                "Experiment: expected training and validation rows with the same columns, but these columns are in only one of them: "
                + $"{string.Join(", ", differences)}. Send both through the same fitted transforms, or none.",
                nameof(validation));
    }

    /// <summary>Splits rows into folds; 1 fold holds a tenth out.</summary>
    public static ExperimentData Split(MLContext context, IDataView dataset, int folds, string? samplingKeyColumnName)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        DataOperationsCatalog.TrainTestData[] splits = folds == 1
            ? [context.Data.TrainTestSplit(dataset, HeldOut, samplingKeyColumnName, SeedOfSplits)]
            : [.. context.Data.CrossValidationSplit(dataset, folds, samplingKeyColumnName, SeedOfSplits)];
        return new ExperimentData([.. splits.Select(split => (split.TrainSet, split.TestSet))]);
    }

    /// <summary>Counts the validation rows of all folds, up to a limit.</summary>
    public int CountValidationRows(int limit)
    {
        int rows = 0;
        foreach ((_, IDataView validation) in Folds)
        {
            using DataViewRowCursor cursor = validation.GetRowCursor([]);
            while (rows < limit && cursor.MoveNext()) rows++;
        }
        return rows;
    }

    private static IEnumerable<(string Name, DataViewType Type)> Columns(IDataView rows) =>
        rows.Schema.Where(column => !column.IsHidden).Select(column => (column.Name, column.Type));
}
