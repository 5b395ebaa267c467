using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Options;
using MlNetRnn.Sequences;
using MlNetRnn.Trainers.Tests.Translation;

namespace MlNetRnn.Trainers.Tests.Captioning;

/// <summary>Small captioning networks with random weights, and random images with captions.</summary>
internal static class CaptioningCase
{
    public const int RegionSize = 3, GridWidth = 3, GridHeight = 2;

    /// <summary>All kinds of attention, over regions as they are and over deformed ones.</summary>
    public static IEnumerable<RnnTranslationNetworkOptions> Kinds(RnnCell cell)
    {
        foreach (bool isDeformed in new[] { false, true })
        {
            foreach (RnnAttention attention in Enum.GetValues<RnnAttention>())
            {
                yield return new RnnTranslationNetworkOptions
                {
                    Cell = cell,
                    HiddenSize = 12,
                    EmbeddingSize = 7,
                    Dropout = 0,
                    Bidirectional = false,
                    Attention = attention,
                    Regions = new RegionReading(12, GridWidth, GridHeight, isDeformed),
                };
            }
        }
    }

    public static TranslationNetwork Network(RnnTranslationNetworkOptions options, int threads = 1, float scale = 1.5f) => TranslationCase.Network(
        options, seed: 3, threads, scale, encoder => new FrameInput(encoder, [0, 0, 0], [1, 1, 1], [10, 10, 10]));

    /// <summary>Returns two images of a grid of cells, with three and two captions.</summary>
    public static PairSet Shared()
    {
        PairSet pairs = Captions();
        return new PairSet(Images(2), pairs.Target) { SharedSources = [0, 1, 0, 1, 0] };
    }

    /// <summary>Returns the same images, once for each caption.</summary>
    public static PairSet Copied()
    {
        SequenceStore images = Images(2), copies = new(RegionSize);
        foreach (int image in new[] { 0, 1, 0, 1, 0 }) copies.AddSequence(images, image);
        return new PairSet(copies, Captions().Target);
    }

    private static SequenceStore Images(int count)
    {
        var random = new Random(2);
        var images = new SequenceStore(RegionSize);
        for (int image = 0; image < count; image++)
        {
            for (int cell = 0; cell < GridWidth * GridHeight; cell++) images.Add([.. Enumerable.Range(0, RegionSize).Select(_ => 2 * random.NextSingle() - 1)]);
            images.EndSequence();
        }
        return images;
    }

    private static PairSet Captions()
    {
        var random = new Random(7);
        var target = new SequenceStore();
        foreach (int length in new[] { 4, 2, 6, 1, 3 })
        {
            target.Add(0);
            for (int i = 0; i < length; i++) target.Add(random.Next(1, TranslationCase.TargetSymbols));
            target.Add(0);
            target.EndSequence();
        }
        return new PairSet(new SequenceStore(RegionSize), target);
    }
}
