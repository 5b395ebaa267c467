using Microsoft.ML;
using MlNetRnn.Samples.Texts;
using ScottPlot;
using ScottPlot.TickGenerators;
using Spectre.Console;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>
/// A demonstration of vanishing gradients: the first words of a message determine its topic, and sixty words without meaning follow. The prediction depends
/// on the last state only, so that the gradient must flow back through all words. In an Elman network it vanishes, in an LSTM it does not.
/// </summary>
internal static class VanishingGradients
{
    private const int Epochs = 14, Rows = 900, TrailingWords = 60;

    private const float AxisWidth = 80;

    public static void Show(MLContext ml, IReadOnlyList<Message> messages, string file)
    {
        AnsiConsole.MarkupLine($"[bold]Why gates?[/] Messages followed by {TrailingWords} words without meaning, read forward, classified by the last state:");
        // Messages of two topics, cut to their first words.
        string[] topics = ["delivery", "billing"], fillers = ["and", "so", "on", "then", "well", "also", "anyway", "you", "know", "thanks"];
        var random = new Random(1);
        Message[] rows = [.. messages.Where(m => topics.Contains(m.Topic)).Take(Rows).Select(m => new Message
        {
            Topic = m.Topic,
            Text = string.Join(' ', m.Text.Split(' ').Take(12).Concat(Enumerable.Range(0, TrailingWords).Select(_ => fillers[random.Next(fillers.Length)]))),
        })];
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Message.Topic)).Fit(data).Transform(data);
        var curves = new[] { RnnCell.Elman, RnnCell.Lstm }.Select(cell => (Cell: cell, Epochs: Train(ml, keyed, cell))).ToArray();
        foreach ((RnnCell cell, List<RnnTrainingProgress> epochs) in curves)
        {
            IReadOnlyList<double> flow = epochs[^1].GradientFlow!;
            Console.WriteLine($"  {cell,-6} accuracy {epochs.Max(e => e.ValidationMetric):P1}; {flow[TrailingWords] / flow[0]:P4} of the gradient at the "
                + $"last word reaches the word {TrailingWords} positions before it");
        }
        Draw(curves, file);
        Console.WriteLine();
    }

    private static List<RnnTrainingProgress> Train(MLContext ml, IDataView data, RnnCell cell)
    {
        var epochs = new EndsOfEpochs();
        ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions
        {
            Network = new RnnNetworkOptions
            {
                Cell = cell,
                Bidirectional = false,
                Pooling = RnnPooling.Last,
                // A linear model of words needs no memory: it finds the decisive word however far away it is.
                NGramLength = 0,
                HiddenSize = 64,
                EmbeddingSize = 32,
                Dropout = 0.1f,
                WordDropout = 0,
            },
            Training = new RnnTrainingOptions
            {
                ExponentialMovingAverage = 0,
                WeightDecay = 0,
                MaxEpochs = Epochs,
                Patience = Epochs,
                ReportGradientFlow = true,
                Progress = epochs,
            },
        }).Fit(data);
        return epochs;
    }

    private static void Draw((RnnCell Cell, List<RnnTrainingProgress> Epochs)[] curves, string file)
    {
        var pages = new Multiplot();
        pages.AddPlots(3);
        for (int i = 0; i < curves.Length; i++)
        {
            (RnnCell cell, List<RnnTrainingProgress> epochs) = curves[i];
            double[] x = [.. epochs.Select(e => (double)e.Epoch)];
            double[] flow = [.. epochs[^1].GradientFlow!.Take(TrailingWords + 12)];       // few messages are longer
            double[] words = [.. Enumerable.Range(0, flow.Length).Select(k => (double)k)];
            PictureStyle.AddLine(pages.GetPlot(0), i, $"{cell}", words, [.. flow.Select(norm => Math.Log10(Math.Max(norm, 1e-20)))], hasMarkers: false);
            PictureStyle.AddLine(pages.GetPlot(1), i, $"{cell}", x, [.. epochs.Select(e => e.GradientNorm)]);
            PictureStyle.AddLine(pages.GetPlot(2), i, $"{cell}", x, [.. epochs.Select(e => e.ValidationMetric ?? double.NaN)]);
        }
        pages.GetPlot(0).Axes.Left.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1),
            LabelFormatter = power => power == 0 ? "1" : $"1e{power:F0}",
        };
        Style(pages.GetPlot(0), "Gradient that reaches earlier words, last epoch", "words before the end of the message", "gradient norm, log scale");
        foreach (int page in new[] { 1, 2 }) PictureStyle.ShowEpochs(pages.GetPlot(page), Epochs);
        Style(pages.GetPlot(1), "Norm of the whole gradient before clipping", "epoch", "gradient norm");
        Style(pages.GetPlot(2), "Accuracy on held-out messages", "epoch", "accuracy");
        pages.SavePng(file, 900, 960);
    }

    private static void Style(Plot plot, string title, string x, string y)
    {
        PictureStyle.Apply(plot, title, x, y);
        PictureStyle.AddLegend(plot, Edge.Right);
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = AxisWidth;
    }
}
