using Microsoft.ML;

namespace MlNetRnn.Hosting;

/// <summary>The lazy result of Transform: nothing is read or computed before a cursor moves. Shared by threads.</summary>
internal sealed class BatchedView(RowMapper mapper, IDataView source) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = mapper.Active(columnsNeeded);
        return Wrap([source.GetRowCursor(mapper.Dependencies(active), rand)], active)[0];
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        bool[] active = mapper.Active(columnsNeeded);
        return Wrap(source.GetRowCursorSet(mapper.Dependencies(active), n, rand), active);
    }

    private DataViewRowCursor[] Wrap(DataViewRowCursor[] cursors, bool[] active)
    {
        try
        {
            return [.. cursors.Select(cursor => new BatchedCursor(mapper, cursor, active))];
        }
        catch
        {
            foreach (DataViewRowCursor cursor in cursors) cursor.Dispose();
            throw;
        }
    }
}
