using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures taggers from tokens to tags with probabilities: training, many sentences, and single sentences.</summary>
internal static class TaggingSpeed
{
    private const int EngineCalls = 1_000, WordsOfTheOne = 15, TagKinds = 8;

    private static readonly (string Name, RnnTaggingNetworkOptions Network)[] Networks =
    [
        ("characters by LSTM, CRF", new() { Dependency = RnnTagDependency.Crf }),
        ("characters by convolution, CRF", new() { Dependency = RnnTagDependency.Crf, Characters = RnnCharacterEncoder.Convolution }),
        ("no characters, CRF", new() { Dependency = RnnTagDependency.Crf, Characters = RnnCharacterEncoder.None }),
        ("characters by LSTM, each step for itself", new() { Dependency = RnnTagDependency.None }),
        ("characters by LSTM, after the last tag, beam of 4", new() { Dependency = RnnTagDependency.PreviousTags }),
    ];

    public static void Run(Workload workload, int rounds, int threads)
    {
        var ml = new MLContext(1);
        IDataView data = Data(ml, workload);
        RnnTransformer[] models = new RnnTransformer[Networks.Length];
        Turns.Run($"Training, an epoch of {workload.Texts.Length:N0} rows with reading and export, BiLSTM 128 + 128, {TagKinds + 1} tags", "words", rounds,
            [.. Networks.Select((network, i) => (network.Name, (Func<double>)(() =>
            {
                models[i] = Fit(ml, data, network.Network, threads);
                return workload.Tokens;
            })))]);
        Turns.Run($"{workload.Texts.Length:N0} rows through Transform, tags and their probabilities", "words", rounds,
            [.. Networks.Select((network, i) => (network.Name, (Func<double>)(() => Read(models[i].Transform(data)))))]);
        string[] sentence = [.. Workload.Text(new Random(3), WordsOfTheOne).Split(' ')];
        Turns.Run($"One sentence of {WordsOfTheOne} words, prediction engine", "sentences", rounds,
            [.. Networks.Select((network, i) => (network.Name, Engine(ml, models[i], sentence)))]);
    }

    /// <summary>Returns a training of the default tagger with a CRF for one epoch.</summary>
    public static Func<double> Training(MLContext ml, Workload workload, int threads)
    {
        IDataView data = Data(ml, workload);
        return () =>
        {
            Fit(ml, data, Networks[0].Network, threads);
            return workload.Tokens;
        };
    }

    private static IDataView Data(MLContext ml, Workload workload) =>
        ml.Data.LoadFromEnumerable(workload.Texts.Select(text => text.Split(' ')).Select(words =>
            new TokensRow { Tokens = words, Label = [.. words.Select(Tag)] }).ToArray());

    private static RnnTransformer Fit(MLContext ml, IDataView data, RnnTaggingNetworkOptions network, int threads) =>
        ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            Network = network,
            Training = new RnnTrainingOptions { Seed = 1, Threads = threads, MaxEpochs = 1, ValidationFraction = 0 },
        }).Fit(data);

    private static Func<double> Engine(MLContext ml, RnnTransformer model, string[] sentence)
    {
        PredictionEngine<TokensOnly, Tagged> engine = ml.Model.CreatePredictionEngine<TokensOnly, Tagged>(model);
        var row = new TokensOnly { Tokens = sentence };
        var result = new Tagged();
        return () =>
        {
            for (int i = 0; i < EngineCalls; i++) engine.Predict(row, ref result);
            return EngineCalls;
        };
    }

    private static double Read(IDataView scored)
    {
        double words = 0;
        DataViewSchema.Column tags = scored.Schema["PredictedLabel"], scores = scored.Schema["Score"];
        using DataViewRowCursor cursor = scored.GetRowCursor([tags, scores]);
        ValueGetter<VBuffer<uint>> getTags = cursor.GetGetter<VBuffer<uint>>(tags);
        ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(scores);
        VBuffer<uint> row = default;
        VBuffer<float> confidences = default;
        while (cursor.MoveNext())
        {
            getTags(ref row);
            getScores(ref confidences);
            words += row.Length;
        }
        return words;
    }

    /// <summary>Returns the tag of a word. About every third word is a span of one of eight kinds.</summary>
    public static string Tag(string word) => (word.Length + word[^1]) % 3 == 0 ? $"B-{word[^1] % TagKinds}" : "O";

    private sealed class TokensRow
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }

    private sealed class TokensOnly
    {
        public string[] Tokens { get; set; } = [];
    }

    private sealed class Tagged
    {
        public uint[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];
    }
}
