using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Data and options that cannot be right are refused with what was expected and what was found.</summary>
public class CaptioningFaultTests
{
    private static readonly MLContext Ml = new(1);

    private static readonly RnnCaptioningOptions Short = SignCase.Options with { Training = SignCase.Options.Training with { MaxEpochs = 1 } };

    private static readonly Lazy<RnnCaptioningTransformer> Model = new(() => Ml.Transforms.Text.RnnCaptioning(Short).Fit(Rows(12, 12, 12, 12)));

    [Fact]
    public void A_row_whose_numbers_are_not_regions_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Ml.Transforms.Text.RnnCaptioning(Short).Fit(Rows(12, 12, 13)));
        Assert.Contains("Row 3, column 'Features': expected regions of 6 numbers each (RegionSize), got 13 numbers", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InvalidOperationException>(() => Model.Value.Transform(Rows(12, 7)).GetColumn<string>("Caption").ToArray());
        Assert.Contains("Row 2", error.Message, StringComparison.Ordinal);
        ArgumentException single = Assert.Throws<ArgumentException>(() => Ml.Rnn().CreateCaptioner(Model.Value).Caption(new float[5]));
        Assert.Contains("got 5 numbers", single.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_needs_all_its_cells()
    {
        RnnCaptioningOptions grid = Short with { GridWidth = 2, GridHeight = 2 };
        var error = Assert.Throws<InvalidOperationException>(() => Ml.Transforms.Text.RnnCaptioning(grid).Fit(Rows(24, 18)));
        Assert.Contains("expected 4 regions, the cells of a grid of 2 × 2, got 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_belong_to_regions()
    {
        RnnCaptioningOptions boxes = Short with { BoxesColumnName = "Boxes" };
        IDataView rows = Ml.Data.LoadFromEnumerable([new BoxedRow { Features = new float[12], Boxes = new float[4], Target = "a" }]);
        var error = Assert.Throws<InvalidOperationException>(() => Ml.Transforms.Text.RnnCaptioning(boxes).Fit(rows));
        Assert.Contains("expected 8 numbers in the boxes of 2 regions, got 4", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Images without regions, or without a caption, are counted and left out; numbers that are missing do no harm; 500 regions are read.</summary>
    [Fact]
    public void Odd_rows_do_no_harm()
    {
        float[] many = [.. Enumerable.Range(0, 500 * SignCase.RegionSize).Select(i => i % 7f)];
        IDataView rows = Ml.Data.LoadFromEnumerable(
        [
            Row(new float[12], "red dot"), Row([], "blue bar"), Row(new float[12], ""), Row([.. Enumerable.Repeat(float.NaN, 12)], "green ring"),
            Row(many, "red ring"), Row([.. Enumerable.Range(0, 12).Select(i => (float)i)], "blue dot"),
        ]);
        var log = new List<string>();
        var ml = new MLContext(1);
        ml.Log += (_, e) => log.Add(e.Message);
        RnnCaptioningTransformer model = ml.Transforms.Text.RnnCaptioning(Short).Fit(rows);
        Assert.Contains(log, message => message.Contains("2 of 6 pairs with an empty source or target were left out", StringComparison.Ordinal));
        Assert.All(model.Transform(rows).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void All_faults_of_options_are_reported_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => Ml.Transforms.Text.RnnCaptioning(new RnnCaptioningOptions
        {
            GridWidth = 7,
            BoxesColumnName = "Boxes",
            CaptionColumnName = "Score",
            Network = new RnnCaptioningNetworkOptions
            {
                DeformRegions = true,
                Bidirectional = true,
                Attention = RnnAttention.Dot,
                RegionVectorSize = 100,
                RegionDropout = 0.5f,
            },
            Decoding = new RnnTranslationDecodingOptions { ReplaceUnknown = true },
        }));
        foreach (string part in new[]
        {
            "GridWidth, GridHeight: expected both or neither", "RegionSize: expected", "BoxesColumnName: expected null", "Bidirectional: expected false",
            "RegionVectorSize: expected 512", "ReplaceUnknown: expected false for images", "'Score'", "RegionDropout: expected 0 when DeformRegions",
        })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_of_unknown_size_needs_a_region_size()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Ml.Transforms.Text.RnnCaptioning(Short with { RegionSize = 0 }).Fit(Rows(12)));
        Assert.Contains("Set RegionSize", error.Message, StringComparison.Ordinal);
    }

    private static IDataView Rows(params int[] sizes) =>
        Ml.Data.LoadFromEnumerable(sizes.Select((size, i) => Row([.. Enumerable.Range(0, size).Select(j => (float)(i + j))], "red dot then blue bar")));

    private static Sign Row(float[] features, string target) => new() { Features = features, Target = target };

    private sealed class BoxedRow
    {
        public float[] Features { get; set; } = [];

        public float[] Boxes { get; set; } = [];

        public string Target { get; set; } = "";
    }
}
