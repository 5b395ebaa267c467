using Microsoft.ML;
using ScottPlot;
using Spectre.Console;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>
/// Why gates (lecture row L18): messages that begin with what decides and go on with sixty words that do not. The loss looks at the last state only, so
/// that the gradient must flow back all the way. An Elman network lets it vanish, an LSTM does not.
/// </summary>
internal static class VanishingGradients
{
    private const int Epochs = 14, Rows = 900, TrailingWords = 60;

    public static void Show(MLContext ml, IReadOnlyList<Message> messages, string file)
    {
        AnsiConsole.MarkupLine($"[bold]Why gates?[/] Messages with {TrailingWords} idle words after them, read forward, judged by the last state:");
        // Two topics, and of each message its first words.
        string[] topics = ["delivery", "billing"], idle = ["and", "so", "on", "then", "well", "also", "anyway", "you", "know", "thanks"];
        var random = new Random(1);
        Message[] rows = [.. messages.Where(m => topics.Contains(m.Topic)).Take(Rows).Select(m => new Message
        {
            Topic = m.Topic,
            Text = string.Join(' ', m.Text.Split(' ').Take(12).Concat(Enumerable.Range(0, TrailingWords).Select(_ => idle[random.Next(idle.Length)]))),
        })];
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Message.Topic)).Fit(data).Transform(data);
        var curves = new[] { RnnCell.Elman, RnnCell.Lstm }.Select(cell => (Cell: cell, Epochs: Train(ml, keyed, cell))).ToArray();
        foreach ((RnnCell cell, List<RnnTrainingProgress> epochs) in curves)
        {
            IReadOnlyList<double> flow = epochs[^1].GradientFlow!;
            Console.WriteLine($"  {cell,-6} accuracy {epochs.Max(e => e.ValidationMetric):P1}; of the gradient at the last word {flow[TrailingWords] / flow[0]:P4} is left {TrailingWords} words before it");
        }
        Draw(curves, file);
        Console.WriteLine();
    }

    private static List<RnnTrainingProgress> Train(MLContext ml, IDataView data, RnnCell cell)
    {
        var epochs = new EndsOfEpochs();
        ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions
        {
            Network = new RnnNetworkOptions { Cell = cell, Bidirectional = false, Pooling = RnnPooling.Last, HiddenSize = 64, EmbeddingSize = 32, Dropout = 0.1f, WordDropout = 0 },
            Training = new RnnTrainingOptions { WeightAveraging = 0, WeightDecay = 0, MaxEpochs = Epochs, Patience = Epochs, ReportGradientFlow = true, Progress = epochs },
        }).Fit(data);
        return epochs;
    }

    private static void Draw((RnnCell Cell, List<RnnTrainingProgress> Epochs)[] curves, string file)
    {
        var pages = new Multiplot();
        pages.AddPlots(3);
        foreach ((RnnCell cell, List<RnnTrainingProgress> epochs) in curves)
        {
            double[] x = [.. epochs.Select(e => (double)e.Epoch)];
            double[] flow = [.. epochs[^1].GradientFlow!.Take(TrailingWords + 12)];       // few messages are longer
            Line(pages.GetPlot(0), $"{cell}", [.. Enumerable.Range(0, flow.Length).Select(k => (double)k)], [.. flow.Select(norm => Math.Log10(Math.Max(norm, 1e-20)))]);
            Line(pages.GetPlot(1), $"{cell}", x, [.. epochs.Select(e => e.GradientNorm)]);
            Line(pages.GetPlot(2), $"{cell}", x, [.. epochs.Select(e => e.ValidationMetric ?? double.NaN)]);
        }
        Label(pages.GetPlot(0), "What is left of the gradient, last epoch", "words before the end", "log10 of its norm");
        Label(pages.GetPlot(1), "Norm of the whole gradient", "epoch", "norm before clipping", Alignment.UpperLeft);
        Label(pages.GetPlot(2), "Accuracy on held-out messages", "epoch", "accuracy", Alignment.UpperLeft);
        pages.SavePng(file, 900, 900);
    }

    private static void Line(Plot plot, string name, double[] x, double[] y)
    {
        var line = plot.Add.ScatterLine(x, y);
        (line.LegendText, line.LineWidth) = (name, 2);
    }

    private static void Label(Plot plot, string title, string x, string y, Alignment legend = Alignment.UpperRight)
    {
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.ShowLegend(legend);
    }
}
