namespace MlNetRnn.Columns;

/// <summary>Finds output columns of an options object whose names are given twice.</summary>
internal static class RepeatedNames
{
    /// <summary>Returns an error for each output column that has the name of a later one or of an input column. Null and empty names are left out.</summary>
    /// <param name="written">The options that name output columns.</param>
    /// <param name="read">The options that name input columns.</param>
    public static IEnumerable<string> Faults(
        IReadOnlyList<(string Option, string? Column)> written, IReadOnlyList<(string Option, string? Column)> read)
    {
        for (int i = 0; i < written.Count; i++)
            foreach ((string other, string? column) in written.Skip(i + 1).Concat(read))
                if (!string.IsNullOrEmpty(column) && written[i].Column == column)
                    yield return $"{written[i].Option}: expected a name other than that of {other}, got '{column}' for both";
    }
}
