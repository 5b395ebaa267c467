using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>
/// Training rows that can be switched to the validation rows, so that the same fitted transforms are applied to both. A pipeline is fitted to this view.
/// Its trainer follows transforms that are not accessible from outside; it reads its input a second time as <see cref="Validation"/>.
/// </summary>
/// <param name="training">The training rows.</param>
/// <param name="validation">The validation rows, with the same schema.</param>
internal sealed class SwitchedRows(IDataView training, IDataView validation) : IDataView
{
    private static readonly AsyncLocal<Switch?> Switched = new();

    public DataViewSchema Schema => training.Schema;

    public bool CanShuffle => training.CanShuffle && validation.CanShuffle;

    /// <summary>Returns the validation rows with the columns of the trainer's input.</summary>
    /// <param name="input">The input of the trainer: this view, or transforms of it.</param>
    /// <param name="names">The columns that the trainer reads.</param>
    /// <returns>The rows; null if a cache in the pipeline keeps the training rows, or the schemas differ.</returns>
    public IDataView? Validation(IDataView input, IEnumerable<string> names)
    {
        if (!IsSameSchema()) return null;
        DataViewSchema.Column[] read = [.. input.Schema.Where(column => !column.IsHidden && names.Contains(column.Name))];
        // A cache in the pipeline keeps the first rows that are read through it: these must be the training rows.
        input.GetRowCursor(read).Dispose();
        var rows = new ValidationRows(this, input);
        using DataViewRowCursor probe = rows.GetRowCursor(read);
        return rows.CameThrough ? rows : null;
    }

    // The number of rows depends on the switch.
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
        Schema.Count == validation.Schema.Count
        && Schema.Zip(validation.Schema).All(pair => pair.First.Name == pair.Second.Name && pair.First.Type.Equals(pair.Second.Type));

    /// <summary>The view that is switched to the validation rows, on this thread and the threads that it starts.</summary>
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

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            [GetRowCursor(columnsNeeded, rand)];
    }
}
