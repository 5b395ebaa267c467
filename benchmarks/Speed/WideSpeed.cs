using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures what the wide path of n-grams costs: training and scoring of the same network with it and without it.</summary>
internal static class WideSpeed
{
    private const string With = "words and pairs of words beside the network", Without = "the network alone";

    public static void Run(Workload workload, int rounds, int threads)
    {
        Turns.Run($"Training with a wide path, one epoch of {workload.Examples.Count:N0} rows, BiLSTM 128 + 128, {threads} thread(s)", "tokens", rounds,
            (Without, TrainingSpeed.Ours(workload, RnnCell.Lstm, threads)),
            (With, TrainingSpeed.Ours(workload, RnnCell.Lstm, threads, isWide: true)));
        var ml = new MLContext(1);
        RnnTransformer wide = workload.NewModel(isWide: true), alone = workload.NewModel();
        IDataView data = ml.Data.LoadFromEnumerable(workload.Texts.Select(text => new TextRow { Text = text }));
        Turns.Run($"{workload.Texts.Length:N0} rows through Transform with a wide path", "rows", rounds,
            (Without, () => Scored(alone)), (With, () => Scored(wide)));
        foreach (int words in new[] { 1, 20, 200 })
        {
            var random = new Random(2);
            string[] texts = [.. Enumerable.Range(0, 2_000 * 20 / Math.Max(words, 20)).Select(_ => Workload.Text(random, words))];
            Turns.Run($"One row of {words} word(s) with a wide path, prediction engine", "rows", rounds,
                (Without, Engine(ml, alone, texts)), (With, Engine(ml, wide, texts)));
        }

        double Scored(RnnTransformer model) => model.Transform(data).GetColumn<float[]>("Score").Count();
    }

    private static Func<double> Engine(MLContext ml, RnnTransformer model, string[] texts)
    {
        PredictionEngine<TextRow, Scored> engine = ml.Model.CreatePredictionEngine<TextRow, Scored>(model);
        var row = new TextRow();
        var result = new Scored();
        return () =>
        {
            foreach (string text in texts)
            {
                row.Text = text;
                engine.Predict(row, ref result);
            }
            return texts.Length;
        };
    }
}
