using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Input columns of grids: their dimensions, sizes and order of channels.</summary>
public class GridInputTests
{
    private static readonly RnnGridNetworkOptions Network = new() { HiddenSize = 4, Dropout = 0 };
    private static readonly RnnGridClassificationOptions Options = new()
    {
        InputColumnName = "Pixels",
        Network = Network,
        Training = new() { MaxEpochs = 2, ValidationFraction = 0, Threads = 1, Seed = 1 },
    };

    private readonly MLContext _ml = new(1);

    [Fact]
    public void Channels_before_or_after_the_cells_are_the_same_grid()
    {
        (int Height, int Width, int Channels) = (5, 6, 3);
        float At(int row, int i) => (row * 7 + i * 3) % 11;
        float[] last = new float[Height * Width * Channels], first = new float[Height * Width * Channels];
        float[][][] rows = [.. Enumerable.Range(0, 12).Select(row =>
        {
            for (int cell = 0; cell < Height * Width; cell++)
                for (int c = 0; c < Channels; c++) last[cell * Channels + c] = first[c * Height * Width + cell] = At(row, cell * Channels + c);
            return new[] { last.ToArray(), first.ToArray() };
        })];
        IDataView afterCells = Grids([.. rows.Select(pair => pair[0])], Height, Width, Channels);
        IDataView beforeCells = Grids([.. rows.Select(pair => pair[1])], Channels, Height, Width);

        string[] expected = Rows.Of(Fit(Options, afterCells).Transform(afterCells), "Score");
        RnnTransformer model = Fit(Options, beforeCells);
        Assert.Equal(expected, Rows.Of(model.Transform(beforeCells), "Score"));
        Assert.Equal("Classification into 3 classes of 'Pixels' (grids with 3 numbers per cell)", model.ToString());
        Assert.NotEqual(expected, Rows.Of(Fit(Options with { ChannelsFirst = false }, beforeCells).Transform(beforeCells), "Score"));
    }

    [Fact]
    public void Height_and_width_can_be_dimensions_options_or_numbers_of_a_column()
    {
        float[][] numbers = [.. Enumerable.Range(0, 12).Select(row => Enumerable.Range(0, 20).Select(i => (float)((row * 7 + i * 3) % 11)).ToArray())];
        IDataView withDimensions = Grids(numbers, 5, 4), without = Grids(numbers, 20), withSizes = Sized(numbers, 5, 4);
        string[] expected = Rows.Of(Fit(Options, withDimensions).Transform(withDimensions), "Score");
        Assert.Equal(expected, Scores(Options with { Height = 5, Width = 4 }, without));
        Assert.Equal(expected, Scores(Options with { Width = 4 }, without));
        Assert.Equal(expected, Scores(Options with { Height = 5 }, without));
        Assert.Equal(expected, Scores(Options with { SizeColumnName = "Size" }, withSizes));
        Assert.NotEqual(expected, Scores(Options with { Width = 5 }, without));

        string[] Scores(RnnGridClassificationOptions options, IDataView data) => Rows.Of(Fit(options, data).Transform(data), "Score");
    }

    [Fact]
    public void A_grid_scores_among_grids_of_other_sizes_as_it_scores_alone()
    {
        var random = new Random(3);
        (float[] Numbers, int Height, int Width)[] grids =
        [
            .. new[] { (1, 1), (1, 7), (7, 1), (2, 3), (3, 2), (6, 1), (5, 4), (4, 5), (9, 8), (2, 3), (8, 9), (3, 2) }
                .Select(size => (Enumerable.Range(0, size.Item1 * size.Item2).Select(_ => random.NextSingle()).ToArray(), size.Item1, size.Item2)),
        ];
        IDataView data = Sized([.. grids.Select(grid => grid.Numbers)], [.. grids.Select(grid => (grid.Height, grid.Width))]);
        RnnTransformer model = Fit(Options with { SizeColumnName = "Size" }, data);
        float[][] together = Rows.Scores(model.Transform(data), "Score");
        for (int i = 0; i < grids.Length; i++)
        {
            IDataView alone = Sized([grids[i].Numbers], grids[i].Height, grids[i].Width);
            Rows.AssertClose([together[i]], Rows.Scores(model.Transform(alone), "Score"));
        }
        // 2 × 3 and 3 × 2 cells are different grids.
        Assert.NotEqual(
            Rows.Of(model.Transform(Sized([grids[3].Numbers], 2, 3)), "Score"), Rows.Of(model.Transform(Sized([grids[3].Numbers], 3, 2)), "Score"));
    }

    [Fact]
    public void A_model_reads_grids_of_another_size_than_those_it_was_trained_on()
    {
        RnnTransformer model = Fit(Options, Grids(Numbers(12, 20), 5, 4));
        IDataView larger = Grids(Numbers(3, 63), 9, 7);
        Assert.All(Rows.Scores(model.Transform(larger), "Score"), score => Assert.Equal(1, score.Sum(), 1e-5f));
    }

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
    public void Grids_without_cells_and_missing_numbers_are_read_as_missing_values()
    {
        float[][] numbers = Numbers(12, 20);
        numbers[3] = [];
        numbers[5] = [.. Enumerable.Repeat(float.NaN, 20)];
        IDataView data = Sized(numbers, [.. numbers.Select(row => row.Length == 0 ? (0, 0) : (5, 4))]);
        RnnTransformer model = Fit(Options with { SizeColumnName = "Size" }, data);
        Assert.All(Rows.Scores(model.Transform(data), "Score"), score => Assert.Equal(1, score.Sum(), 1e-5f));
    }

    [Fact]
    public void The_attention_of_a_grid_has_a_weight_for_each_cell()
    {
        RnnGridClassificationOptions options = Options with { AttentionColumnName = "Attention", Network = Network with { Pooling = RnnPooling.Attention } };
        foreach ((int height, int width) in new[] { (5, 4), (1, 1), (9, 2), (8, 8) })
        {
            IDataView data = Grids(Numbers(12, height * width), height, width);
            foreach (float[] weights in Rows.Scores(Fit(options, data).Transform(data), "Attention"))
            {
                Assert.Equal(height * width, weights.Length);
                Assert.Equal(1, weights.Sum(), 1e-5f);
                // The cells of a patch share its weight: two layers that each read patches of 2 × 2 cells.
                for (int cell = 0; cell < weights.Length; cell++)
                    Assert.Equal(weights[cell / width / 4 * 4 * width + cell % width / 4 * 4], weights[cell]);
            }
        }
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

    [Theory]
    [InlineData(new[] { 2, 5, 6 }, 0, 2)]
    [InlineData(new[] { 3, 5, 6 }, 6, 6)]
    [InlineData(new[] { 5, 6, 3 }, 0, 3)]
    [InlineData(new[] { 7, 5, 6 }, 0, 6)]
    [InlineData(new[] { 3, 2, 2 }, 3, 3)]
    public void The_channels_are_the_first_or_the_last_dimension(int[] dimensions, int channels, int expected) =>
        Assert.Equal(
            expected, Fit(Options with { Channels = channels }, Grids(Numbers(6, dimensions.Aggregate((a, b) => a * b)), dimensions)).FrameSize);

    [Fact]
    public void Dimensions_that_can_be_read_in_two_ways_are_refused()
    {
        IDataView narrow = Grids(Numbers(6, 48), 3, 4, 4);
        AssertThrows.With<ArgumentOutOfRangeException>(() => Fit(Options, narrow), "the first or the last are the channels", "Set ChannelsFirst");
        Assert.Equal(3, Fit(Options with { ChannelsFirst = true }, narrow).FrameSize);
        Assert.Equal(4, Fit(Options with { ChannelsFirst = false }, narrow).FrameSize);
    }

    [Fact]
    public void The_validation_set_may_have_other_sizes_but_not_other_channels()
    {
        RnnGridClassificationOptions With(IDataView validation) => Options with
        {
            SizeColumnName = "Size",
            Training = Options.Training with { ValidationSet = _ml.MapToKeys(validation) },
        };
        List<string> log = _ml.RecordLog();
        Fit(With(Sized(Numbers(6, 24), 4, 6)), Sized(Numbers(6, 20), 5, 4));
        Assert.Contains(log, line => line.Contains("validation set: 6 rows, 144 cells"));
        AssertThrows.With<ArgumentOutOfRangeException>(
            () => Fit(With(Grids(Numbers(6, 60), (5, 4), 5, 4, 3)), Sized(Numbers(6, 20), 5, 4)), "Channels = 1", "got 3");
    }

    [Fact]
    public void A_segmentation_reads_grids_of_different_sizes_smaller_than_a_patch_and_empty()
    {
        (int Height, int Width)[] sizes = [(1, 1), (1, 9), (5, 4), (4, 5), (0, 0), (2, 3), (3, 2)];
        IDataView data = _ml.Data.LoadFromEnumerable(sizes.Select((size, i) => new SizedSegments
        {
            Pixels = [.. Enumerable.Range(0, size.Height * size.Width).Select(k => (float)((k * 5 + i) % 7))],
            Cells = [.. Enumerable.Range(0, size.Height * size.Width).Select(k => k % 2 == 0 ? "even" : "odd")],
            Size = [size.Height, size.Width],
        }).ToArray());
        var options = new RnnGridSegmentationOptions
        {
            InputColumnName = "Pixels",
            LabelColumnName = "Cells",
            SizeColumnName = "Size",
            Network = Network with { PatchHeight = 3 },
            Training = Options.Training,
        };
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnGridSegmentation(options).Fit(data);
        float[][] together = Rows.Scores(model.Transform(data), "Score");
        Assert.Equal(sizes.Select(size => size.Height * size.Width), together.Select(row => row.Length));
        for (int i = 0; i < sizes.Length; i++)
        {
            IDataView alone = _ml.Data.TakeRows(i == 0 ? data : _ml.Data.SkipRows(data, i), 1);
            Rows.AssertClose([together[i]], Rows.Scores(model.Transform(alone), "Score"));
        }
        AssertThrows.With<ArgumentException>(
            () => _ml.MulticlassClassification.Trainers.RnnGridSegmentation(options with { Network = new() { Layers = 8 } }), "got 65,536", "fewer layers");
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

    private RnnTransformer Fit(RnnGridClassificationOptions options, IDataView data) =>
        _ml.MulticlassClassification.Trainers.RnnGridClassification(options).Fit(_ml.MapToKeys(data));

    private static float[][] Numbers(int rows, int size) =>
        [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, size).Select(i => (float)((row * 7 + i * 3) % 11)).ToArray())];

    /// <summary>Creates rows whose grids have the same dimensions.</summary>
    private IDataView Grids(float[][] numbers, params int[] dimensions) => Grids(numbers, (0, 0), dimensions);

    private IDataView Grids(float[][] numbers, (int Height, int Width) size, params int[] dimensions)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return _ml.Data.LoadFromEnumerable(Labeled(numbers, [.. numbers.Select(_ => size)]), schema);
    }

    private IDataView Sized(float[][] numbers, int height, int width) => Sized(numbers, [.. numbers.Select(_ => (height, width))]);

    /// <summary>Creates rows with a column of sizes.</summary>
    private IDataView Sized(float[][] numbers, (int Height, int Width)[] sizes) => _ml.Data.LoadFromEnumerable(Labeled(numbers, sizes));

    private static IEnumerable<Row> Labeled(float[][] numbers, (int Height, int Width)[] sizes) => numbers.Select((row, i) => new Row
    {
        Id = i,
        Label = "abc"[i % 3].ToString(),
        Pixels = row,
        Size = [sizes[i].Height, sizes[i].Width],
        Halves = [sizes[i].Height / 2f, sizes[i].Width / 2f],
    }).ToArray();

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "";

        public float[] Pixels { get; set; } = [];

        [VectorType(2)]
        public int[] Size { get; set; } = [];

        [VectorType(2)]
        public float[] Halves { get; set; } = [];
    }

    private sealed class SizedSegments
    {
        public float[] Pixels { get; set; } = [];

        public string[] Cells { get; set; } = [];

        [VectorType(2)]
        public int[] Size { get; set; } = [];
    }

    private sealed class SegmentedRow
    {
        [VectorType(2, 3)]
        public float[] Pixels { get; set; } = [];

        public string[] Cells { get; set; } = [];
    }
}
