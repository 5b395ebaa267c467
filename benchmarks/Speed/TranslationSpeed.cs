using System.Globalization;
using Microsoft.ML;
using MlNetRnn.Sequences;
using MlNetRnn.Translation;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Measures the training of a translation model and its translations, beside the same network in PyTorch (benchmarks/Peers), if it is installed, in
/// alternating rounds.
/// </summary>
internal static class TranslationSpeed
{
    private const int Together = 16;

    /// <param name="pairs">The number of pairs of an epoch. A tenth of them, but at least 16, are translated.</param>
    /// <param name="rounds">The number of measured rounds.</param>
    /// <param name="python">The Python interpreter with PyTorch.</param>
    public static void Run(int pairs, int rounds, string python)
    {
        Console.WriteLine($"\n{Machine.Description}");
        var workload = new TranslationWorkload(Math.Max(pairs, Together));
        if (!TorchPeer.IsInstalled(python))
        {
            Console.WriteLine($"Without PyTorch: {python} has none. Run benchmarks/Peers/install.sh, or set --python.");
            foreach (int threads in (int[])[1, 2]) Train(workload, rounds, threads, null);
            Translate(workload, rounds, null, null);
            return;
        }
        Console.WriteLine($"PyTorch runs with {OpenBlasKernel.Current}.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlnetrnn-peers-");
        string file = Path.Combine(folder.FullName, "pairs");
        File.WriteAllLines(file, workload.Lines);
        using (TorchPeer one = Open(1), two = Open(2), all = Open(Environment.ProcessorCount))
        {
            foreach ((int threads, TorchPeer peer) in new[] { (1, one), (2, two) }) Train(workload, rounds, threads, peer);
            Translate(workload, rounds, one, all);
        }
        folder.Delete(recursive: true);

        TorchPeer Open(int threads) =>
            new(python, threads, "translation_peer.py", file, Number(TranslationWorkload.Symbols), Number(TranslationWorkload.TranslationLength));
    }

    private static void Train(TranslationWorkload workload, int rounds, int threads, TorchPeer? peer)
    {
        string title = $"Training a translation model, GRU 256 + 256, additive attention, GRU 256, {TranslationWorkload.Symbols:N0} symbols, "
            + $"batches of {TranslationWorkload.BatchSize} sentences of 8 to 20 words, {threads} thread(s)";
        Turns.Run(title, "target symbols", rounds,
        [
            .. peer is null ? [] : new (string, Func<double>)[] { ($"PyTorch {peer.Version}", peer.Epoch) },
            ("this library, Gru", workload.Training(RnnCell.Gru, threads)),
            ("this library, GruResetAfter, the cell of PyTorch", workload.Training(RnnCell.GruResetAfter, threads)),
        ]);
    }

    private static void Translate(TranslationWorkload workload, int rounds, TorchPeer? one, TorchPeer? all)
    {
        int count = Math.Max(Together, workload.Sources.Count / 10), symbols = count * TranslationWorkload.TranslationLength;
        RnnTranslationTransformer model = TranslationWorkload.NewModel();
        var ways = new List<(string Name, Func<double> Work)>();
        Add(one, together: 1, "1 thread", "prediction engine", EngineOf(workload, model, count));
        Add(one, Together, "1 thread", "search", SearchOf(workload, model, count));
        Add(all, Together, $"{Environment.ProcessorCount} threads", "Transform", TransformOf(workload, model, count));
        string title = $"Translation with a beam of {TranslationWorkload.Beam}, the same network, {count:N0} sentences, "
            + $"{TranslationWorkload.TranslationLength} symbols each";
        double[][] rates = Turns.Run(title, "target symbols", rounds, [.. ways]);
        if (one is null) return;
        Console.WriteLine();
        for (int way = 0; way < ways.Count; way += 2) Turns.Compare($"{ways[way + 1].Name} / PyTorch", rates[way + 1], rates[way]);

        void Add(TorchPeer? peer, int together, string threads, string name, Action own)
        {
            string how = $"{together} sentence(s) × {TranslationWorkload.Beam}, {threads}";
            if (peer is not null) ways.Add(($"PyTorch {peer.Version}, {how}", () => peer.Run($"translate {together} {count}")));
            ways.Add(($"this library, {name}, {how}", () =>
            {
                own();
                return symbols;
            }
            ));
        }
    }

    private static Action EngineOf(TranslationWorkload workload, RnnTranslationTransformer model, int count)
    {
        PredictionEngine<TextRow, TranslatedRow> engine = new MLContext(1).Model.CreatePredictionEngine<TextRow, TranslatedRow>(model);
        TextRow[] rows = Rows(workload, count);
        return () =>
        {
            foreach (TextRow row in rows) Check(engine.Predict(row).Translation);
        };
    }

    /// <summary>The search of <c>Transform</c>, with one thread.</summary>
    private static Action SearchOf(TranslationWorkload workload, RnnTranslationTransformer model, int count)
    {
        var sources = new SequenceStore();
        for (int row = 0; row < count; row++)
        {
            foreach (int symbol in workload.Sources[row]) sources.Add(symbol);
            sources.EndSequence();
        }
        return () => new TranslationSearch(model.Model, model.Decoding).Find(sources, threads: 1);
    }

    private static Action TransformOf(TranslationWorkload workload, RnnTranslationTransformer model, int count)
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(Rows(workload, count));
        return () =>
        {
            foreach (TranslatedRow row in ml.Data.CreateEnumerable<TranslatedRow>(model.Transform(data), reuseRowObject: true)) Check(row.Translation);
        };
    }

    private static TextRow[] Rows(TranslationWorkload workload, int count) =>
        [.. Enumerable.Range(0, count).Select(row => new TextRow { Text = workload.TextOf(row) })];

    private static void Check(string translation)
    {
        int words = translation.Split(' ').Length;
        if (words != TranslationWorkload.TranslationLength)
            throw new InvalidOperationException(
                $"Translation: expected {TranslationWorkload.TranslationLength} words, got {words}. Both libraries must predict the same number of symbols.");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
