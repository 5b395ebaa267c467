using System.Globalization;
using System.Runtime.InteropServices;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using MlNetRnn.Translation;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Random grids of 7 × 7 cells of 512 numbers, of which half are 0, as those of a ResNet-18, with five captions of 6 to 16 words each, as those of Flickr8k,
/// and 3,000 symbols of natural frequencies; and the default network of a captioning model: regions of 512 units, additive attention, GRU 512.
/// </summary>
internal sealed class CaptioningWorkload : PairWorkload
{
    public const int VocabularySize = 3000, CaptionLength = 12, GridSide = 7, Regions = GridSide * GridSide, RegionSize = 512;

    private const int Shortest = 6, Longest = 16, CaptionsOfImage = 5;

    private readonly List<int> _imageOf = [];

    /// <param name="count">The number of captions.</param>
    public CaptioningWorkload(int count)
    {
        Pairs = new PairSet(new SequenceStore(RegionSize), new SequenceStore()) { SharedSources = _imageOf };
        var random = new Random(1);
        var cell = new float[RegionSize];
        for (int i = 0; i < count; i++)
        {
            if (i % CaptionsOfImage == 0) AddImage();
            _imageOf.Add(i / CaptionsOfImage);
            Pairs.Target.Add(SymbolCodec.Boundary);
            AddWords(Pairs.Target, random, random.Next(Shortest, Longest + 1));
        }

        void AddImage()
        {
            for (int region = 0; region < Regions; region++)
            {
                for (int j = 0; j < RegionSize; j++) cell[j] = Math.Max(0, random.NextSingle() - 0.5f);
                Pairs.Source.Add(cell);
            }
            Pairs.Source.EndSequence();
        }
    }

    public override IEnumerable<string> Lines => Enumerable.Range(0, Pairs.Count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{_imageOf[i]}\t{Numbers(Pairs.Target[i])}"));

    public override int Symbols => VocabularySize;

    public override int FoundLength => CaptionLength;

    protected override PairSet Pairs { get; }

    protected override RnnTranslationOptions Options { get; } = new RnnCaptioningOptions
    {
        RegionSize = RegionSize,
        GridWidth = GridSide,
        GridHeight = GridSide,
        LabelSmoothing = 0,
        Network = new RnnCaptioningNetworkOptions { Dropout = 0 },
        Training = new RnnTrainingOptions { BatchSize = BatchSize, MaxEpochs = 1 },
        Decoding = new RnnTranslationDecodingOptions { BeamWidth = Beam, MaximumLength = CaptionLength },
    }.ToTranslation(RegionSize);

    protected override SourceSpec Source =>
        new(Options.SourceColumnName, "Frames", Options.MaximumLength, RegionSize) { Regions = new RegionSpec(null, GridSide, GridSide) };

    /// <summary>Returns the numbers of an image.</summary>
    public float[] FeaturesOf(int image) => Sources.Frames(image).ToArray();

    /// <summary>Writes the numbers of all images as the peer reads them.</summary>
    public void WriteFeatures(string file)
    {
        using FileStream stream = File.Create(file);
        for (int image = 0; image < Sources.Count; image++) stream.Write(MemoryMarshal.AsBytes(Sources.Frames(image)));
    }

    protected override SourceEncoder NewEncoder(ParameterSet parameters, RnnTranslationNetworkOptions options, int threads)
    {
        float[] all = [.. Enumerable.Repeat(1f, RegionSize)];
        return new RegionEncoder(parameters, new FrameInput(parameters, new float[RegionSize], all, [.. all.Select(_ => 10f)]), options, threads);
    }
}
