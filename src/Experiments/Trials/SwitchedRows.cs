using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>
/// Training rows in whose place the validation rows can be read, by the same transforms: a pipeline is fitted to this view, and its trainer, at the end of
/// a chain of transforms that nobody outside can see, reads its input once more as <see cref="Validation"/>.
/// </summary>
/// <param name="training">The rows that are there otherwise.</param>
/// <param name="validation">The rows in their place; of the same schema.</param>
internal sealed class SwitchedRows(IDataView training, IDataView validation) : IDataView
{
    private static readonly AsyncLocal<Switch?> Switched = new();

    public DataViewSchema Schema => training.Schema;

    public bool CanShuffle => training.CanShuffle && validation.CanShuffle;

    /// <summary>Validation rows with the columns that the trainer sees.</summary>
    /// <param name="input">What the trainer was given: this view, with or without transforms upon it.</param>
    /// <param name="names">The columns that the trainer reads.</param>
    /// <returns>Null where a cache on the way holds the training rows fast, or the schemas differ.</returns>
    public IDataView? Validation(IDataView input, IEnumerable<string> names)
    {
        if (!IsSameSchema()) return null;
        DataViewSchema.Column[] read = [.. input.Schema.Where(column => !column.IsHidden && names.Contains(column.Name))];
        // A cache on the way takes the first rows that it is asked for, for good: these have to be the training rows.
        input.GetRowCursor(read).Dispose();
        var rows = new ValidationRows(this, input);
        using DataViewRowCursor probe = rows.GetRowCursor(read);
        return rows.CameThrough ? rows : null;
    }

    // The number of rows is that of training or validation, so nobody is told.
    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (Switched.Value is not { } now || now.Rows != this) return training.GetRowCursor(columnsNeeded, rand);
        now.CameThrough = true;
        return new RenamedCursor(validation.GetRowCursor(columnsNeeded.Select(column => validation.Schema[column.Index]).ToArray(), rand), Schema);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        Switched.Value?.Rows == this ? [GetRowCursor(columnsNeeded, rand)] : training.GetRowCursorSet(columnsNeeded, n, rand);

    private bool IsSameSchema() =>
        Schema.Count == validation.Schema.Count && Schema.Zip(validation.Schema).All(pair => pair.First.Name == pair.Second.Name && pair.First.Type.Equals(pair.Second.Type));

    /// <summary>Who reads validation rows now, on this thread and those it starts.</summary>
    private sealed class Switch(SwitchedRows rows)
    {
        public SwitchedRows Rows { get; } = rows;

        public bool CameThrough { get; set; }
    }

    /// <summary>The trainer's input, read from the validation rows.</summary>
    private sealed class ValidationRows(SwitchedRows rows, IDataView input) : IDataView
    {
        public DataViewSchema Schema => input.Schema;

        public bool CanShuffle => false;

        /// <summary>Whether the last cursor reached the validation rows.</summary>
        public bool CameThrough { get; private set; }

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            var now = new Switch(rows);
            Switched.Value = now;
            try
            {
                return input.GetRowCursor(columnsNeeded, rand);
            }
            finally
            {
                Switched.Value = null;
                CameThrough = now.CameThrough;
            }
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
    }
}
