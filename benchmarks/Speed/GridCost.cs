using System.Globalization;
using MlNetRnn.Samples;
using ScottPlot;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures how the time of a training step grows with the size of the images: with the cells H·W, not with the H+W−1 steps of a scan.</summary>
internal static class GridCost
{
    private const int Pixels = 1 << 18;
    private static readonly int[] Sides = [8, 16, 32, 64, 128, 256];

    public static void Run(int rounds, DirectoryInfo? pictures)
    {
        double[] durations = Turns.Durations(
            [.. Sides.Select(side => new GridWorkload(Images(side), side).Training(threads: 1)).Select(train => (Action)(() => train()))], rounds);
        double[] medians = [.. durations.Select((duration, i) => duration / Images(Sides[i]))];
        Console.WriteLine("\nTraining of the same network on images of different sizes, 1 thread\n");
        Console.WriteLine("| pixels | cells H·W | steps H+W−1 | ms per image, median | growth of the time | of the cells | of the steps |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        for (int i = 0; i < Sides.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {Sides[i]} × {Sides[i]} | {Cells(i):N0} | {Steps(i)} | {medians[i]:F3} | {medians[i] / medians[0]:F1} | {Cells(i) / Cells(0):F0} ")
                + string.Create(CultureInfo.InvariantCulture, $"| {Steps(i) / Steps(0):F1} |"));
        if (pictures is not null) Draw(pictures, medians);
    }

    private static int Images(int side) => Pixels / (side * side);

    // Patches of 2 × 2 pixels are cells.
    private static double Cells(int i) => Sides[i] / 2 * (Sides[i] / 2);

    private static double Steps(int i) => 2 * (Sides[i] / 2) - 1;

    private static void Draw(DirectoryInfo folder, double[] medians)
    {
        folder.Create();
        var plot = new Plot();
        int[] all = [.. Enumerable.Range(0, Sides.Length)];
        double[] x = [.. Sides.Select(side => Math.Log2(side))];
        void Add(int series, string name, Func<int, double> value) =>
            PictureStyle.AddLine(plot, series, name, x, [.. all.Select(i => Math.Log2(value(i) / value(0)))]);
        Add(0, "time of a training step per image", i => medians[i]);
        Add(1, "cells, H·W", Cells);
        Add(2, "steps of a scan, H+W−1", Steps);
        plot.Axes.Bottom.SetTicks(x, [.. Sides.Select(side => $"{side} × {side}")]);
        double[] powers = [.. Enumerable.Range(0, 6).Select(power => 2.0 * power)];
        plot.Axes.Left.SetTicks(powers, [.. powers.Select(power => Math.Pow(2, power).ToString(CultureInfo.InvariantCulture))]);
        string title = $"Cost of a 2-D network ({GridWorkload.Network.HiddenSize} units from four corners, patches of 2 × 2 pixels)";
        PictureStyle.Apply(plot, title, "pixels of an image", "growth since 8 × 8");
        plot.SavePng(Path.Combine(folder.FullName, "grid-cost.png"), 900, 480);
    }
}
