using System.Globalization;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Samples;
using ScottPlot;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Measures how the time of a beam search grows with the width K of the beam, the number V of symbols and the length T: T steps, each of which multiplies K
/// states by the weights and ranks K·V candidates.
/// </summary>
internal static class BeamCost
{
    private const int Hidden = 256, Width = 8, Symbols = 1024, Length = 50;

    public static void Run(int rounds, DirectoryInfo? pictures)
    {
        Series[] all =
        [
            new("width K of the beam", [1, 2, 4, 8, 16, 32, 64], value => (value, Symbols, Length)),
            new("number V of symbols", [256, 1024, 4096, 16384, 32768], value => (Width, value, Length)),
            new("length T of the texts", [25, 50, 100, 200, 400, 800], value => (Width, Symbols, value)),
        ];
        Console.WriteLine($"\nBeam search, LSTM {Hidden}, one thread; what does not vary: K = {Width}, V = {Symbols}, T = {Length}\n");
        Console.WriteLine("| what varies | value | ms, median | growth of the time | growth of the value |\n|---|---|---|---|---|");
        var growths = new double[all.Length][];
        for (int i = 0; i < all.Length; i++)
        {
            double[] times = Turns.Durations([.. all[i].Values.Select(value => Search(all[i].Of(value)))], rounds);
            growths[i] = [.. times.Select(time => time / times[0])];
            for (int k = 0; k < times.Length; k++)
            {
                double factor = (double)all[i].Values[k] / all[i].Values[0];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {all[i].Name} | {all[i].Values[k]} | {times[k]:F2} | {growths[i][k]:F2} | {factor:F0} |"));
            }
        }
        if (pictures is not null) Draw(pictures, all, growths);
    }

    private static Action Search((int Width, int Symbols, int Length) size)
    {
        var network = new GenerationNetwork(Hidden, size.Symbols);
        var options = new RnnGenerationOptions { BeamWidth = size.Width, MaximumLength = size.Length, StopAtDocumentEnd = false };
        return () =>
        {
            using var model = new ManagedStepNetwork(network.Managed, 1);
            new SymbolBeamSearch(model, options).Find(new GenerationStart([]));
        };
    }

    private static void Draw(DirectoryInfo folder, Series[] all, double[][] growths)
    {
        folder.Create();
        var plot = new Plot();
        double most = all.Max(series => (double)series.Values[^1] / series.Values[0]);
        var linear = plot.Add.Line(0, 0, Math.Log2(most), Math.Log2(most));
        (linear.LineColor, linear.LineWidth, linear.LegendText) = (PictureStyle.Soft, 1, "proportional");
        for (int i = 0; i < all.Length; i++)
        {
            double first = all[i].Values[0];
            PictureStyle.AddLine(
                plot, i, $"{all[i].Name}, from {first}", [.. all[i].Values.Select(value => Math.Log2(value / first))], [.. growths[i].Select(Math.Log2)]);
        }
        double[] powers = [.. Enumerable.Range(0, (int)Math.Ceiling(Math.Log2(most)) + 1).Select(power => (double)power)];
        string[] labels = [.. powers.Select(power => Math.Pow(2, power).ToString(CultureInfo.InvariantCulture))];
        plot.Axes.Bottom.SetTicks(powers, labels);
        plot.Axes.Left.SetTicks(powers, labels);
        string title = $"Cost of a beam search (LSTM {Hidden}; K = {Width}, V = {Symbols}, T = {Length} unless varied)";
        PictureStyle.Apply(plot, title, "growth of the value", "growth of the time");
        PictureStyle.AddLegend(plot, Edge.Right);
        plot.SavePng(Path.Combine(folder.FullName, "beam-cost.png"), 900, 460);
    }

    /// <param name="Name">What varies.</param>
    /// <param name="Values">Its values.</param>
    /// <param name="Of">Returns the sizes for a value.</param>
    private sealed record Series(string Name, int[] Values, Func<int, (int Width, int Symbols, int Length)> Of);
}
