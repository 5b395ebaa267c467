using Microsoft.ML;

namespace MlNetRnn.Samples;

/// <summary>A tenth of the training rows, held out to choose the best epoch.</summary>
public static class HeldOut
{
    private const int LeastRows = 10;

    /// <param name="ml">ML.NET.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="count">The number of training rows.</param>
    /// <param name="rows">The word for rows in the message.</param>
    /// <param name="file">The file, for the message.</param>
    /// <exception cref="FileException">There are too few rows.</exception>
    public static DataOperationsCatalog.TrainTestData Tenth(MLContext ml, IDataView data, int count, string rows, string file)
    {
        if (count < LeastRows)
            throw new FileException($"{file}: expected at least {LeastRows} {rows}, because a tenth of them is held out without --validation, got {count}. "
                + "Give --validation.");
        DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.1, seed: 1);
        // Rows are drawn independently, so that none of a few may be drawn.
        using DataViewRowCursor cursor = split.TestSet.GetRowCursor([]);
        if (cursor.MoveNext()) return split;
        throw new FileException($"{file}: expected more {rows}, because a tenth of them is held out without --validation, got {count}, of which none was "
            + "drawn. Give --validation.");
    }
}
