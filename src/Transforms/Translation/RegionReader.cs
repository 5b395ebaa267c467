using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Translation;

/// <summary>Reads the regions of images from a column of numbers, and their boxes from another one.</summary>
/// <param name="spec">How the source is read.</param>
internal sealed class RegionReader(SourceSpec spec)
{
    private const string Expected = "Vector<Single>, four numbers for each region (left, top, width, height)";

    private readonly RegionSpec _regions = spec.Regions!;

    private int RegionSize => spec.ColumnFrameSize;

    /// <summary>Validates the column of the boxes in the schema that an estimator will receive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or is not a vector of numbers.</exception>
    public static void CheckBoxes(SchemaShape schema, RegionSpec regions)
    {
        if (regions.BoxesColumn is not { } name) return;
        SchemaShape.Column column = schema.Require("boxes", name, Expected);
        if (!column.IsVector() || column.ItemType != NumberDataViewType.Single)
            throw SchemaMismatch.Mistyped("boxes", name, Expected, column.Describe(), SchemaMismatch.CheckOptions, nameof(schema));
    }

    /// <summary>Returns the column of the boxes; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or is not a vector of numbers.</exception>
    public DataViewSchema.Column? BindBoxes(DataViewSchema schema)
    {
        if (_regions.BoxesColumn is not { } name) return null;
        DataViewSchema.Column column = schema.Require("boxes", name, Expected);
        return column.Type is VectorDataViewType { ItemType: NumberDataViewType { RawType: var raw } } && raw == typeof(float)
            ? column
            : throw SchemaMismatch.Mistyped("boxes", name, Expected, $"{column.Type}", SchemaMismatch.CheckOptions, nameof(schema));
    }

    /// <summary>Opens a reader, which adds the regions of the current row to a store, and returns their number.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column of the regions.</param>
    /// <param name="target">The store.</param>
    /// <exception cref="InvalidOperationException">On reading: the numbers of a row are not regions.</exception>
    public Func<int> Open(DataViewRow row, DataViewSchema.Column column, SequenceStore target)
    {
        ValueGetter<VBuffer<float>> getRegions = row.GetGetter<VBuffer<float>>(column);
        ValueGetter<VBuffer<float>>? getBoxes = BindBoxes(row.Schema) is { } own ? row.GetGetter<VBuffer<float>>(own) : null;
        VBuffer<float> regions = default, boxes = default;
        var frame = new float[spec.FrameSize];
        float[] numbers = [], ofBoxes = [];
        return () =>
        {
            getRegions(ref regions);
            getBoxes?.Invoke(ref boxes);
            Check(row.Position, regions.Length, getBoxes is null ? null : boxes.Length);
            Add(target, frame, Dense(regions, ref numbers), Dense(boxes, ref ofBoxes));
            return regions.Length / RegionSize;
        };
    }

    /// <summary>Returns the numbers of a vector, in an array that the next row uses again.</summary>
    private static ReadOnlySpan<float> Dense(VBuffer<float> vector, ref float[] numbers)
    {
        if (vector.IsDense) return vector.GetValues();
        if (numbers.Length < vector.Length) numbers = new float[vector.Length];
        vector.CopyTo(numbers);
        return numbers.AsSpan(0, vector.Length);
    }

    /// <summary>Adds the regions of an image to a store.</summary>
    /// <param name="target">The store.</param>
    /// <param name="numbers">The vectors of the regions, one after another.</param>
    /// <param name="boxes">Their boxes; empty for a model without boxes.</param>
    /// <exception cref="ArgumentException">The numbers are not regions.</exception>
    public void Add(SequenceStore target, float[] numbers, float[] boxes)
    {
        if (Fault(numbers.Length, _regions.BoxesColumn is null && boxes.Length == 0 ? null : boxes.Length) is { } fault)
            throw new ArgumentException(fault);
        Add(target, new float[spec.FrameSize], numbers, boxes);
    }

    private void Add(SequenceStore target, float[] frame, ReadOnlySpan<float> numbers, ReadOnlySpan<float> boxes)
    {
        int count = Math.Min(numbers.Length / RegionSize, spec.MaximumLength);
        for (int i = 0; i < count; i++)
        {
            numbers.Slice(i * RegionSize, RegionSize).CopyTo(frame);
            if (_regions.BoxNumbers > 0) boxes.Slice(i * RegionSpec.BoxSize, RegionSpec.BoxSize).CopyTo(frame.AsSpan(RegionSize));
            foreach (ref float number in frame.AsSpan())
                if (!float.IsFinite(number)) number = float.NaN;
            target.Add(frame);
        }
        target.EndSequence();
        // Nothing is known about the cells of an image without numbers.
        if (_regions.GridWidth > 0 && count == 0) target.FitLast(_regions.GridWidth * _regions.GridHeight);
    }

    private void Check(long position, int numbers, int? boxes)
    {
        if (Fault(numbers, boxes) is { } fault)
            throw new InvalidOperationException(FormattableString.Invariant($"Row {position + 1}, column '{spec.Column}': {fault}"));
    }

    private string? Fault(int numbers, int? boxes)
    {
        int count = numbers / RegionSize, cells = _regions.GridWidth * _regions.GridHeight;
        if (numbers % RegionSize != 0)
            return FormattableString.Invariant($"expected regions of {RegionSize} numbers each (RegionSize), got {numbers} numbers");
        if (cells > 0 && count != cells && count != 0)
            return FormattableString.Invariant($"expected {cells} regions, the cells of a grid of {_regions.GridWidth} × {_regions.GridHeight}, got {count}");
        if (boxes is { } given && given != RegionSpec.BoxSize * count)
            return FormattableString.Invariant($"expected {RegionSpec.BoxSize * count} numbers in the boxes of {count} regions, got {given}")
                + " (left, top, width and height of each)";
        return null;
    }
}
