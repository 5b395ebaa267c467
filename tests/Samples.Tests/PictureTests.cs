using MlNetRnn.Benchmarks;
using ScottPlot;
using ScottPlot.Panels;
using ScottPlot.Plottables;

namespace MlNetRnn.Samples.Tests;

/// <summary>The pictures of training, and the tables of rates from which pictures are drawn again.</summary>
public sealed class PictureTests
{
    private static readonly RnnTrainingProgress[] Epochs = [.. Enumerable.Range(1, 5).Select(epoch => new RnnTrainingProgress
    {
        Epoch = epoch,
        IsEndOfEpoch = true,
        IsBest = epoch is 1 or 4,
        MetricName = "accuracy",
        Loss = 1.0 / epoch,
        ValidationLoss = 1.2 / epoch,
        ValidationMetric = 0.1 * epoch,
        GradientNorm = 2,
    })];

    [Fact]
    public void Legends_are_outside_of_the_data_and_have_no_shadow()
    {
        foreach (Plot plot in Filled())
        {
            Assert.False(plot.Legend.IsVisible);
            Assert.Equal(Edge.Right, Assert.Single(plot.Axes.GetPanels().OfType<LegendPanel>()).Edge);
            Assert.Equal(0, plot.Legend.ShadowColor.A);
            plot.RenderInMemory(900, 300);
            Assert.True(plot.RenderManager.LastRender.DataRect.Right <= 900 - 150);
        }
    }

    [Fact]
    public void The_kept_epoch_is_a_line_with_its_number_and_a_ring_around_each_value()
    {
        foreach ((Plot plot, int lines) in Filled().Zip([2, 1, 1]))
        {
            VerticalLine line = Assert.Single(plot.GetPlottables<VerticalLine>());
            Assert.Equal((4, "kept: epoch 4"), (line.X, line.LegendText));
            Assert.Equal(lines, plot.GetPlottables<Marker>().Count(marker => marker.X == 4 && marker.Shape == MarkerShape.OpenCircle));
        }
    }

    [Fact]
    public void Axes_are_named_with_their_units()
    {
        Plot[] plots = [.. Filled()];
        Assert.Equal(["loss per message", "accuracy", "gradient norm"], plots.Select(plot => plot.Axes.Left.Label.Text));
        Assert.All(plots, plot => Assert.Equal("epoch", plot.Axes.Bottom.Label.Text));
    }

    [Fact]
    public void Tables_of_rates_are_read_as_they_are_printed()
    {
        const string markdown = "text\n\n| One row, fast | rows/s, median | ratio: median (least … greatest of 5) |\n|---|---|---|\n| this library | 29,853 "
            + "| 1.00 (1.00 … 1.00) |\n| another | 0.5 | 0.93 (0.83 … 0.97) |\n\n| data set | accuracy |\n|---|---|\n| a | 1 |\n";
        RateTable table = Assert.Single(RateTable.Read(markdown));
        Assert.Equal(("One row, fast", "rows"), (table.Title, table.Unit));
        Assert.Equal([("this library", 29_853.0), ("another", 0.5)], table.Ways);
        Assert.Contains("got 'fast'", Assert.Throws<FormatException>(() => RateTable.Read(markdown.Replace("29,853", "fast")).ToArray()).Message);
    }

    private static IEnumerable<Plot> Filled()
    {
        var pages = new Multiplot();
        pages.AddPlots(3);
        LearningCurves.Fill(pages, Epochs, "message", "messages");
        return [.. Enumerable.Range(0, 3).Select(pages.GetPlot)];
    }
}
