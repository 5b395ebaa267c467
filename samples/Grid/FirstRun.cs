using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Spectre.Console;

namespace MlNetRnn.Samples.Grid;

/// <summary>The complete workflow on outlines of shapes that the program draws: a class for each image, a class for each pixel, pictures.</summary>
internal static class FirstRun
{
    private const int Pictured = 4;
    private static readonly int[] Directions = [1, 2, 4];

    public static int Run(DirectoryInfo output)
    {
        output.Create();
        MLContext ml = TrainingRun.Context(1);
        var training = new ShapeTraining(ml);
        AnsiConsole.MarkupLine(
            "[bold]Which shape?[/] Images of 24 × 24 pixels with the outline of a circle, a square or a triangle; 1,000 for training, 300 others");
        ShapeImage[] single = ShapeImage.Draw(1000, shapes: 1, seed: 1), otherSingle = ShapeImage.Draw(300, shapes: 1, seed: 2);
        Table classes = TableOf("classifier", "accuracy", "training");
        Add(classes, "linear model on the pixels", () => training.LinearClassifier(single), model => training.Accuracy(model, otherSingle));
        Add(classes, "2-D LSTM, scans from four corners", () => training.Classifier(single, RnnGridLayer.MultiDimensional),
            model => training.Accuracy(model, otherSingle));
        Add(classes, "ReNet of LSTMs, rows and then columns", () => training.Classifier(single, RnnGridLayer.ReNet),
            model => training.Accuracy(model, otherSingle));
        AnsiConsole.Write(classes);

        AnsiConsole.MarkupLine("\n[bold]Which shape around each pixel?[/] Images with two outlines; 400 for training, 100 others");
        ShapeImage[] pairs = ShapeImage.Draw(400, shapes: 2, seed: 3), others = ShapeImage.Draw(100, shapes: 2, seed: 4);
        Table cells = TableOf("segmentation", "pixels right", "training");
        var models = new Dictionary<int, ShapeSegmentation>();
        double ground = others.SelectMany(image => image.Cells).Average(cell => cell == ShapeImage.Ground ? 1.0 : 0);
        cells.AddRow("always ground", Percent(ground), "");
        foreach (int directions in Directions)
            Add(cells, $"2-D LSTM, scans from {directions} {(directions == 1 ? "corner" : "corners")}",
                () => models[directions] = training.Segmentation(pairs, directions), model => model.Accuracy(others));
        AnsiConsole.Write(cells);

        ShapePictures.Segmentation(models[4], others[..Pictured], Path.Combine(output.FullName, "segmentation.png"));
        ShapePictures.Directions(models, others.First(HasTwoKinds), Path.Combine(output.FullName, "directions.png"));
        ml.Model.Save(models[4].Model, ml.Data.LoadFromEnumerable(others).Schema, Path.Combine(output.FullName, "segmentation.zip"));
        Console.WriteLine($"\nWritten to {output.FullName}:\n  segmentation.zip, "
            + "segmentation.png (what the network finds), directions.png (what the class of a pixel depends on)");
        return 0;
    }

    private static bool HasTwoKinds(ShapeImage image) => image.Cells.Distinct().Count() == 3;

    private static Table TableOf(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string column in columns) table.AddColumn(column == columns[0] ? new TableColumn(column) : new TableColumn(column).RightAligned());
        return table;
    }

    private static void Add<T>(Table table, string name, Func<T> train, Func<T, double> measure)
    {
        var watch = Stopwatch.StartNew();
        T model = train();
        string seconds = string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:F0} s");
        table.AddRow(name, Percent(measure(model)), seconds);
    }

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
