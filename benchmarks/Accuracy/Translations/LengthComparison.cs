using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples;
using ScottPlot;

namespace MlNetRnn.Accuracy.Translations;

/// <summary>
/// Compares models by the length of the source: BLEU of all test pairs whose source has a similar number of words, as a table and as a picture.
/// </summary>
internal sealed class LengthComparison(MLContext ml, IReadOnlyList<Pair> test, RnnTranslationEvaluationOptions options)
{
    private const int LeastPairs = 20;

    /// <summary>The first number of words of each group.</summary>
    private static readonly int[] Groups = [1, 8, 11, 14, 17, 20, 25];

    /// <summary>Returns the rows of a table, and draws the picture.</summary>
    /// <param name="models">The models and their names.</param>
    /// <param name="picture">The file of the picture, PNG; null for none.</param>
    public IEnumerable<string> Rows(IReadOnlyList<(string Name, RnnTranslationTransformer Model)> models, FileInfo? picture)
    {
        (string Label, Pair[] Pairs)[] groups =
        [
            .. Groups.Select((first, i) => (
                i + 1 < Groups.Length ? $"{first}-{Groups[i + 1] - 1}" : $"{first} or more",
                test.Where(pair => WordsOf(pair) >= first && (i + 1 == Groups.Length || WordsOf(pair) < Groups[i + 1])).ToArray()))
            .Where(group => group.Item2.Length >= LeastPairs),
        ];
        if (groups.Length == 0)
        {
            yield return $"\nToo few pairs for a comparison by length: expected {LeastPairs} of similar length, got {test.Count} in all.";
            yield break;
        }
        double[][] scores = [.. models.Select(model => groups.Select(group => Bleu(model.Model, group.Pairs)).ToArray())];
        if (picture is not null) Draw(picture, models, groups, scores);
        yield return "";
        yield return $"| source words | pairs | {string.Join(" | ", models.Select(model => model.Name))} |";
        yield return $"|---|---|{string.Concat(models.Select(_ => "---|"))}";
        for (int g = 0; g < groups.Length; g++)
            yield return $"| {groups[g].Label} | {groups[g].Pairs.Length} | {string.Join(" | ", scores.Select(own => Number(own[g])))} |";
    }

    private static int WordsOf(Pair pair) => pair.Source.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Number(double score) => score.ToString("F2", CultureInfo.InvariantCulture);

    private double Bleu(RnnTranslationTransformer model, Pair[] pairs)
    {
        IDataView scored = ml.Data.Cache(model.Transform(ml.Data.LoadFromEnumerable(pairs)), nameof(Pair.Target), model.TranslationColumnName);
        return ml.Rnn().EvaluateTranslation(scored, options: options).Bleu.Score;
    }

    private static void Draw(
        FileInfo picture, IReadOnlyList<(string Name, RnnTranslationTransformer Model)> models, (string Label, Pair[] Pairs)[] groups, double[][] scores)
    {
        picture.Directory!.Create();
        var plot = new Plot();
        double[] x = [.. groups.Select((_, g) => (double)g)];
        for (int m = 0; m < models.Count; m++) PictureStyle.AddLine(plot, m, models[m].Name, x, scores[m]);
        plot.Axes.Bottom.SetTicks(x, [.. groups.Select(group => group.Label)]);
        plot.Axes.SetLimits(-0.4, groups.Length - 0.6, 0, 1.15 * scores.Max(own => own.Max()));
        PictureStyle.Apply(plot, "Accuracy of translations by the length of the source", "number of source words", "BLEU");
        PictureStyle.AddLegend(plot, Edge.Right);
        plot.SavePng(picture.FullName, 900, 480);
    }
}
