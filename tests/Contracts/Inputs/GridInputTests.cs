using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Input columns of grids: their dimensions, sizes and order of channels.</summary>
public class GridInputTests : GridInputCase
{
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
}
