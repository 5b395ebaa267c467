using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using MlNetRnn.Options;
using MlNetRnn.Sequences;
using MlNetRnn.Tasks;
using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Random texts of the length of sentences (3 to 50 words, 19 on average), with 20,000 words of natural frequencies, and a network of the default size.
/// </summary>
internal sealed class Workload
{
    public const int Words = 20_000, Classes = 4;

    public static readonly RnnNetworkOptions Network = new()
    {
        Cell = RnnCell.Lstm,
        EmbeddingSize = 128,
        HiddenSize = 128,
        Bidirectional = true,
        Pooling = RnnPooling.Max,
        Dropout = 0,
        WordDropout = 0,
    };

    public Workload(int rows)
    {
        LibtorchLoader.EnsureLoaded();
        var random = new Random(1);
        Texts = [.. Enumerable.Range(0, rows).Select(_ => Text(random, 3 + (int)(47 * Math.Pow(random.NextDouble(), 2))))];
        Examples = new ExampleSet(new SequenceStore(), [], isPerStep: false);
        foreach (string text in Texts)
        {
            foreach (string word in text.Split(' ')) Examples.Sequences.Add(Vocabulary.IndexOf(word));
            Examples.Sequences.EndSequence();
            Examples.Targets.Add(random.Next(Classes));
        }
    }

    public Vocabulary Vocabulary { get; } = new(Enumerable.Range(0, Words).Select(i => $"w{i}"));

    public string[] Texts { get; }

    public ExampleSet Examples { get; }

    public double Tokens => Examples.Sequences.StepCount;

    /// <summary>Creates a text of a number of words. The k-th word is about 1/k as frequent as the first.</summary>
    public static string Text(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => $"w{(int)Math.Pow(Words, random.NextDouble()) - 1}"));

    public PooledNetwork NewNetwork(int threads, RnnCell cell = RnnCell.Lstm, int? tokens = null, bool isWide = false)
    {
        using var random = new torch.Generator(1);
        var parameters = new ParameterSet(random);
        var input = new Embedder(parameters, tokens ?? Vocabulary.Count, Network);
        int[] rows = [.. Enumerable.Range(0, Examples.Count)];
        NGramSet? ngrams = isWide ? NGramSet.Learn(Examples.Sequences, rows, Vocabulary.Count, new NGramLimits(2, 2, 500_000), known: null) : null;
        return new PooledNetwork(parameters, input, Network with { Cell = cell }, threads, (set, size) => new ClassificationHead(set, size, Classes),
            ngrams is null ? null : (set, head) => new WidePath(set, ngrams, known: null, head.Outputs));
    }

    /// <summary>Creates an untrained model, which scores as fast as a trained one.</summary>
    /// <param name="words">The number of words in the vocabulary of the model. The default is that of the workload.</param>
    /// <param name="isWide">Whether the network has a wide path of words and pairs of words.</param>
    public RnnTransformer NewModel(int words = Words, bool isWide = false)
    {
        Vocabulary vocabulary = words == Words ? Vocabulary : new(Enumerable.Range(0, words).Select(i => $"w{i}"));
        using PooledNetwork network = NewNetwork(threads: 1, tokens: vocabulary.Count, isWide: isWide);
        var columns = new Dictionary<string, string> { [ClassificationTask.Score] = "Score", [ClassificationTask.PredictedLabel] = "PredictedLabel" };
        var spec = new RnnModelSpec
        {
            InputColumn = "Text",
            Reading = new SequenceReading { Kind = "Text", Tokenization = RnnTokenization.Word, LowerCase = true, MaximumLength = 1000 },
            Task = new TaskSpec(ClassificationTask.TaskName, columns, Classes),
            Options = OptionsJson.Write(new RnnTextClassificationOptions { Network = Network }),
        };
        return new RnnTransformer(new RnnModel(spec, network.Export(), new ModelWords(vocabulary, [], null), null));
    }
}
