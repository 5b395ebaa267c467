using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Grids that cannot be right are refused with what was expected and what was found, or warned of.</summary>
public class GridRefusalTests : GridInputCase
{
    [Fact]
    public void Numbers_that_do_not_fill_a_grid_are_refused_with_both_numbers()
    {
        AssertThrows.With<ArgumentOutOfRangeException>(() => Fit(Options with { Height = 3 }, Grids(Numbers(6, 20), 5, 4)), "Height = 3", "5 (");
        AssertThrows.With<ArgumentOutOfRangeException>(() => Fit(Options with { Channels = 3 }, Grids(Numbers(6, 20), 5, 4)), "Channels = 3", "1 (");
        AssertThrows.With<ArgumentOutOfRangeException>(
            () => Fit(Options with { Height = 6, Width = 4 }, Grids(Numbers(6, 20), 20)), "expected 6 × 4 × channels", "got 20");
        AssertThrows.With<ArgumentOutOfRangeException>(
            () => Fit(Options with { Width = 3 }, Grids(Numbers(6, 20), 20)), "a multiple of height × 3 × channels numbers", "got 20");
        AssertThrows.With<ArgumentOutOfRangeException>(() => Fit(Options, Grids(Numbers(6, 20), 20)), "Set Height and Width");
        AssertThrows.With<InvalidOperationException>(
            () => Fit(Options with { SizeColumnName = "Size" }, Sized(Numbers(6, 20), 5, 5)),
            "column 'Pixels', row 0", "expected 5 × 5 × 1 = 25 numbers", "column 'Size'", "got 20");
        AssertThrows.With<InvalidOperationException>(
            () => Fit(Options with { Width = 3 }, Sized(Numbers(6, 20), 5, 4)), "row 0", "expected height × 3 × 1 numbers", "got 20");
    }

    [Fact]
    public void A_grid_that_is_too_large_is_refused_with_its_size_in_training_and_in_scoring()
    {
        RnnGridClassificationOptions limited = Options with { MaximumCells = 30 };
        string[] named = ["row 0", "at most 30 cells (MaximumCells), got 7 × 6 = 42", "ResizeImages"];
        AssertThrows.With<InvalidOperationException>(() => Fit(limited, Grids(Numbers(6, 42), 7, 6)), named);
        RnnTransformer model = Fit(limited, Grids(Numbers(6, 20), 5, 4));
        AssertThrows.With<InvalidOperationException>(() => Rows.Of(model.Transform(Grids(Numbers(1, 42), 7, 6)), "Score"), named);
        // 2,000 × 2,000 cells are more than the default allows.
        AssertThrows.With<InvalidOperationException>(
            () => Rows.Of(Fit(Options, Grids(Numbers(6, 20), 5, 4)).Transform(Grids([new float[4_000_000]], 2000, 2000)), "Score"), "4,000,000");
    }

    [Fact]
    public void A_label_with_another_number_of_cells_is_refused_or_skipped()
    {
        RnnGridSegmentationOptions options = new() { InputColumnName = "Pixels", LabelColumnName = "Cells", Network = Network, Training = Options.Training };
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(i => new SegmentedRow
        {
            Pixels = [.. Enumerable.Range(0, 6).Select(k => (float)(k + i))],
            Cells = [.. Enumerable.Range(0, i == 4 ? 5 : 6).Select(k => k % 2 == 0 ? "even" : "odd")],
        }).ToArray());
        AssertThrows.With<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.RnnGridSegmentation(options).Fit(data), "row 4 has 6 cells and 5 values in 'Cells'");
        List<string> log = _ml.RecordLog();
        _ml.MulticlassClassification.Trainers.RnnGridSegmentation(options with { OnLengthMismatch = RnnOnLengthMismatch.Skip }).Fit(data);
        Assert.Contains(log, line => line.Contains("skipped 1 rows without one value per cell"));
        Assert.Contains(log, line => line.Contains("5 rows, 30 cells"));
    }

    [Fact]
    public void Sizes_that_are_impossible_or_contradict_the_column_are_refused()
    {
        RnnGridClassificationOptions options = Options with { SizeColumnName = "Size" };
        AssertThrows.With<InvalidOperationException>(
            () => Fit(options, Sized(Numbers(6, 20), -5, -4)), "column 'Size', row 0", "two whole numbers above 0", "got -5, -4");
        AssertThrows.With<InvalidOperationException>(
            () => Fit(options with { SizeColumnName = "Halves" }, Sized(Numbers(6, 20), 5, 4)), "column 'Halves', row 0", "got 2.5, 2");
        AssertThrows.With<ArgumentOutOfRangeException>(() => Fit(options with { SizeColumnName = "Id" }, Sized(Numbers(6, 20), 5, 4)), "size column 'Id'");
        // The dimensions of the column are 5 × 4: to read 4 × 5 cells would mix up the rows.
        AssertThrows.With<InvalidOperationException>(() => Fit(options, Grids(Numbers(6, 20), (4, 5), 5, 4)), "column 'Pixels', row 0", "got 20");
        Assert.Equal(
            Rows.Of(Fit(Options, Grids(Numbers(6, 20), 5, 4)).Transform(Grids(Numbers(6, 20), 5, 4)), "Score"),
            Rows.Of(Fit(options, Grids(Numbers(6, 20), (5, 4), 5, 4)).Transform(Grids(Numbers(6, 20), (5, 4), 5, 4)), "Score"));
    }

    [Fact]
    public void Dimensions_that_can_be_read_in_two_ways_are_refused()
    {
        IDataView narrow = Grids(Numbers(6, 48), 3, 4, 4);
        AssertThrows.With<ArgumentOutOfRangeException>(() => Fit(Options, narrow), "the first or the last are the channels", "Set ChannelsFirst");
        Assert.Equal(3, Fit(Options with { ChannelsFirst = true }, narrow).FrameSize);
        Assert.Equal(4, Fit(Options with { ChannelsFirst = false }, narrow).FrameSize);
    }

    [Fact]
    public void One_class_is_warned_of()
    {
        List<string> log = _ml.RecordLog();
        IDataView rows = Grids(Numbers(6, 20), 5, 4);
        IDataView same = _ml.Transforms.Expression("Same", "x => 1f", "Id").Append(_ml.Transforms.Conversion.ConvertType("IsOne", "Same", DataKind.Boolean))
            .Fit(rows).Transform(rows);
        var options = new RnnGridBinaryClassificationOptions
        {
            InputColumnName = "Pixels",
            LabelColumnName = "IsOne",
            Network = Network,
            Training = Options.Training,
        };
        _ml.BinaryClassification.Trainers.RnnGridClassification(options).Fit(same);
        Assert.Contains(log, line => line.Contains("all rows have the same label"));
    }
}
