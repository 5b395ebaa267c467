using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace MlNetRnn.MLNetBridge;

/// <summary>The lazy result of Transform: nothing is read or computed before a cursor moves. Thread-safe.</summary>
/// <remarks>
/// ML.NET's ConvertToOnnx goes back from view to view and treats a view that it does not support as the source of the data: it would silently write a graph
/// without the network and without all transforms before it. With the internal interface, the conversion throws instead.
/// </remarks>
internal sealed class BatchedView(RowMapper mapper, IDataView source) : ITransformCanSaveOnnx
{
    IDataView IDataTransform.Source => source;

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => throw new NotSupportedException(mapper.Transform.OnnxRefusal);

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => throw new NotSupportedException(mapper.Transform.OnnxRefusal);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("A view is not a model. Save the transformer that created it, with ML.Model.Save.");

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
