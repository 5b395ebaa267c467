using ScottPlot;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>The loss of a language model over the epochs, next to that of models without recurrence, as a picture.</summary>
internal static class LossPicture
{
    /// <summary>Draws the picture.</summary>
    /// <param name="epochs">The reports at the ends of the epochs.</param>
    /// <param name="baselines">The other models.</param>
    /// <param name="file">The picture.</param>
    public static void Draw(IReadOnlyList<RnnTrainingProgress> epochs, IReadOnlyList<Baseline> baselines, string file) =>
        Create(epochs, baselines).SavePng(file, 900, 460);

    internal static Plot Create(IReadOnlyList<RnnTrainingProgress> epochs, IReadOnlyList<Baseline> baselines)
    {
        var plot = new Plot();
        double[] x = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        PictureStyle.AddLine(plot, 0, "LSTM, training", x, [.. epochs.Select(epoch => epoch.Loss)]);
        PictureStyle.AddLine(plot, 1, "LSTM, validation", x, [.. epochs.Select(epoch => epoch.ValidationLoss ?? double.NaN)]);
        double[] ends = [0.5, x.Length + 0.5];
        for (int i = 0; i < baselines.Count; i++)
            PictureStyle.AddLine(plot, 2 + i, baselines[i].Name, ends, [baselines[i].Nats, baselines[i].Nats], hasMarkers: false);
        PictureStyle.Apply(plot, "Loss of language models on text that was held out", "epoch", "nats per character");
        PictureStyle.ShowEpochs(plot, x.Length);
        PictureStyle.AddLegend(plot, Edge.Right);
        return plot;
    }
}

/// <summary>A model without recurrence.</summary>
/// <param name="Name">The name of the model.</param>
/// <param name="Nats">The loss per character on the validation text.</param>
internal sealed record Baseline(string Name, double Nats);
