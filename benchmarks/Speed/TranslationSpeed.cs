using Microsoft.ML;
using MlNetRnn.Sequences;
using MlNetRnn.Translation;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures the training of a translation model and its translations. A tenth of the pairs of an epoch, but at least 16, are translated.</summary>
internal sealed class TranslationSpeed(TranslationWorkload workload, int rounds) : PairSpeed(workload, rounds)
{
    protected override string Training => $"Training a translation model, GRU 256 + 256, additive attention, GRU 256, {workload.Symbols:N0} symbols, "
        + $"batches of {PairWorkload.BatchSize} sentences of 8 to 20 words";

    protected override string Search => "Translation";

    protected override string SourceName => "sentence";

    protected override string Script => "translation_peer.py";

    /// <param name="pairs">The number of pairs of an epoch.</param>
    /// <param name="rounds">The number of measured rounds.</param>
    /// <param name="python">The Python interpreter with PyTorch.</param>
    public static void Run(int pairs, int rounds, string python) =>
        new TranslationSpeed(new TranslationWorkload(Math.Max(pairs, Together)), rounds).Run(Math.Max(Together, pairs / 10), python);

    protected override string[] WriteArguments(DirectoryInfo folder)
    {
        string file = Path.Combine(folder.FullName, "pairs");
        File.WriteAllLines(file, workload.Lines);
        return [file, Number(workload.Symbols), Number(workload.FoundLength)];
    }

    protected override IEnumerable<(int Together, bool OnAllCores, string Name, Action Work)> Ways(int count)
    {
        RnnTranslationTransformer model = workload.NewModel();
        TextRow[] rows = [.. Enumerable.Range(0, count).Select(row => new TextRow { Text = workload.TextOf(row) })];
        yield return (1, false, "prediction engine", EngineOf(model, rows));
        yield return (Together, false, "search", SearchOf(model, count));
        yield return (Together, true, "Transform", TransformOf(model, rows));
    }

    private Action EngineOf(RnnTranslationTransformer model, TextRow[] rows)
    {
        PredictionEngine<TextRow, TranslatedRow> engine = new MLContext(1).Model.CreatePredictionEngine<TextRow, TranslatedRow>(model);
        return () =>
        {
            foreach (TextRow row in rows) Check(engine.Predict(row).Translation);
        };
    }

    /// <summary>The search of <c>Transform</c>, with one thread.</summary>
    private Action SearchOf(RnnTranslationTransformer model, int count)
    {
        var sources = new SequenceStore();
        for (int row = 0; row < count; row++) sources.AddSequence(workload.Sources, row);
        return () => new TranslationSearch(model.Model, model.Decoding).Find(sources, threads: 1);
    }

    private Action TransformOf(RnnTranslationTransformer model, TextRow[] rows)
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        return () =>
        {
            foreach (TranslatedRow row in ml.Data.CreateEnumerable<TranslatedRow>(model.Transform(data), reuseRowObject: true)) Check(row.Translation);
        };
    }

    private void Check(string translation)
    {
        int words = translation.Split(' ').Length;
        if (words != workload.FoundLength)
            throw new InvalidOperationException(
                $"Translation: expected {workload.FoundLength} words, got {words}. Both libraries must predict the same number of symbols.");
    }
}
