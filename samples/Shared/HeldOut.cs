using Microsoft.ML;

namespace MlNetRnn.Samples;

/// <summary>A tenth of the training rows, held out to choose the best epoch by.</summary>
internal static class HeldOut
{
    private const int LeastRows = 10;

    /// <param name="ml">ML.NET.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="rows">What they are, for the message.</param>
    /// <param name="file">Where they come from, for the message.</param>
    /// <exception cref="FileException">They are too few.</exception>
    public static DataOperationsCatalog.TrainTestData Tenth(MLContext ml, IDataView data, int count, string rows, string file)
    {
        if (count < LeastRows) throw new FileException($"{file}: expected at least {LeastRows} {rows} where no --validation is given, of which a tenth is held out; got {count}");
        DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(data, testFraction: 0.1, seed: 1);
        // Each row is drawn by itself, so that few rows may give none.
        using DataViewRowCursor cursor = split.TestSet.GetRowCursor([]);
        return cursor.MoveNext() ? split : throw new FileException($"{file}: expected more {rows} where no --validation is given, of which a tenth is held out; got {count}, of which none was drawn. Give --validation");
    }
}
