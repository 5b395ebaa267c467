using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using MlNetRnn.Translation;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Random pairs of sentences of 8 to 20 words, as those of Multi30k, with vocabularies of 6,000 symbols of natural frequencies; and the default network of a
/// translation model: GRU 256 + 256, additive attention, GRU 256.
/// </summary>
internal sealed class TranslationWorkload : PairWorkload
{
    public const int VocabularySize = 6000, TranslationLength = 20;

    private const int Shortest = 8, Longest = 20;

    /// <param name="count">The number of pairs.</param>
    public TranslationWorkload(int count)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            int length = random.Next(Shortest, Longest + 1);
            AddWords(Pairs.Source, random, length);
            Pairs.Target.Add(SymbolCodec.Boundary);
            AddWords(Pairs.Target, random, Math.Clamp(length + random.Next(-3, 4), Shortest, Longest));
        }
    }

    public override IEnumerable<string> Lines => Enumerable.Range(0, Pairs.Count).Select(i => $"{Numbers(Pairs.Source[i])}\t{Numbers(Pairs.Target[i])}");

    public override int Symbols => VocabularySize;

    public override int FoundLength => TranslationLength;

    protected override PairSet Pairs { get; } = new(new SequenceStore(), new SequenceStore());

    protected override RnnTranslationOptions Options { get; } = new()
    {
        SourceColumnName = nameof(TextRow.Text),
        LabelSmoothing = 0,
        Network = new RnnTranslationNetworkOptions { Dropout = 0 },
        Training = new RnnTrainingOptions { BatchSize = BatchSize, MaxEpochs = 1 },
        Decoding = new RnnTranslationDecodingOptions { BeamWidth = Beam, MaximumLength = TranslationLength },
    };

    protected override SourceSpec Source => new(Options.SourceColumnName, "Text", Options.MaximumLength);

    /// <summary>Returns the text of a source.</summary>
    public string TextOf(int row) => string.Join(' ', Sources[row][..^1].ToArray().Select(symbol => $"w{symbol - SymbolCodec.FirstUnit}"));

    protected override SourceEncoder NewEncoder(ParameterSet parameters, RnnTranslationNetworkOptions options, int threads) =>
        new RecurrentEncoder(parameters, NewEmbedding(parameters, options), options, threads);
}
