using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Sequences;

namespace MlNetRnn.Columns;

/// <summary>
/// A vector of numbers that holds a grid, such as the pixels of an image: its cells, row by row, are the steps of the sequence, and the channels of a cell are
/// its frame. NaN and infinite numbers are missing values.
/// </summary>
internal sealed class GridKind : FramesKind
{
    public override string Name => "Grid";

    public override string Description => "Vector<Single> with a grid";

    public override bool IsGrid => true;

    public override void Check(DataViewSchema.Column column, SequenceReading reading) => GridExtent.Of(column, reading.FrameSize, reading.Grid!);

    public override IEnumerable<DataViewSchema.Column> BindCompanions(DataViewSchema schema, SequenceReading reading) =>
        reading.Grid!.SizeColumn is { } name ? [GridSizeColumn.Bind(schema, name)] : [];

    public override Func<ReadResult> OpenReader(
        DataViewRow source, DataViewSchema.Column column, SequenceReading reading, ITokenIndex index, SequenceStore target)
    {
        GridReading grid = reading.Grid!;
        var extent = GridExtent.Of(column, reading.FrameSize, grid);
        ValueGetter<VBuffer<float>> get = source.GetGetter<VBuffer<float>>(column);
        Func<(int, int)>? readSize = grid.SizeColumn is { } name ? GridSizeColumn.Open(source, name) : null;
        VBuffer<float> values = default, dense = default;
        var cell = new float[reading.FrameSize];
        return () =>
        {
            get(ref values);
            if (values.Length == 0)
            {
                target.EndGrid(width: 0);
                return new ReadResult(ReadOutcome.Whole, 0);
            }
            values.CopyToDense(ref dense);
            ReadOnlySpan<float> numbers = dense.GetValues();
            (int Height, int Width)? given = readSize?.Invoke();
            (int height, int width) = extent.SizeOf(numbers.Length, given) ?? throw WrongSize(numbers.Length, given);
            int cells = checked(height * width);
            if (cells > grid.MaximumCells) throw TooLarge(height, width);
            (int next, int start) = grid.ChannelsFirst ? (cells, 1) : (1, cell.Length);
            for (int i = 0; i < cells; i++)
            {
                for (int channel = 0; channel < cell.Length; channel++)
                {
                    float number = numbers[i * start + channel * next];
                    cell[channel] = float.IsFinite(number) ? number : float.NaN;
                }
                target.Add(cell);
            }
            target.EndGrid(width);
            return new ReadResult(ReadOutcome.Whole, cells);
        };

        string Where() => FormattableString.Invariant($"Grid in column '{column.Name}', row {source.Position}");

        InvalidOperationException WrongSize(int numbers, (int Height, int Width)? given)
        {
            GridExtent expected = given is { } size ? extent with { Height = size.Height, Width = size.Width } : extent;
            string from = given is null ? "" : $" (the size is in column '{grid.SizeColumn}')";
            return new(FormattableString.Invariant($"{Where()}: expected {expected} numbers{from}, got {numbers}. ")
                + "Check Height, Width, Channels and SizeColumnName.");
        }

        InvalidOperationException TooLarge(int height, int width) => new(FormattableString.Invariant(
            $"{Where()}: expected at most {grid.MaximumCells:N0} cells (MaximumCells), got {height} × {width} = {(long)height * width:N0}. ")
            + "Make the grids smaller, such as with ResizeImages, or train with a larger MaximumCells if the memory suffices.");
    }
}
