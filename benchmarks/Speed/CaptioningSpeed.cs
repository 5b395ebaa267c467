using Microsoft.ML;
using MlNetRnn.Sequences;
using MlNetRnn.Translation;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures the training of a captioning model and its captions, from features that are in memory.</summary>
internal sealed class CaptioningSpeed(CaptioningWorkload workload, int rounds) : PairSpeed(workload, rounds)
{
    protected override string Training =>
        $"Training a captioning model, {CaptioningWorkload.Regions} regions of 512, additive attention, GRU 512, {workload.Symbols:N0} symbols, "
        + $"batches of {PairWorkload.BatchSize} captions of 6 to 16 words, five of each image";

    protected override string Search => "Captions";

    protected override string SourceName => "image";

    protected override string Script => "captioning_peer.py";

    /// <param name="captions">The number of captions of an epoch. A fifth of them is the number of images.</param>
    /// <param name="rounds">The number of measured rounds.</param>
    /// <param name="python">The Python interpreter with PyTorch.</param>
    public static void Run(int captions, int rounds, string python)
    {
        var workload = new CaptioningWorkload(Math.Max(captions, 5 * Together));
        new CaptioningSpeed(workload, rounds).Run(workload.Sources.Count, python);
    }

    protected override string[] WriteArguments(DirectoryInfo folder)
    {
        string file = Path.Combine(folder.FullName, "captions"), features = Path.Combine(folder.FullName, "features");
        File.WriteAllLines(file, workload.Lines);
        workload.WriteFeatures(features);
        int[] numbers = [workload.Symbols, workload.FoundLength, CaptioningWorkload.Regions, CaptioningWorkload.RegionSize];
        return [file, features, .. numbers.Select(Number)];
    }

    protected override IEnumerable<(int Together, bool OnAllCores, string Name, Action Work)> Ways(int count)
    {
        RnnTranslationTransformer model = workload.NewModel();
        RnnCaptioner captioner = new MLContext(1).Rnn().CreateCaptioner(new RnnCaptioningTransformer(model));
        float[][] images = [.. Enumerable.Range(0, count).Select(workload.FeaturesOf)];
        yield return (1, false, "captioner, one image after another", () =>
        {
            foreach (float[] image in images) Check([captioner.Caption(image)]);
        }
        );
        var sources = new SequenceStore(CaptioningWorkload.RegionSize);
        for (int image = 0; image < count; image++) sources.AddSequence(workload.Sources, image);
        yield return (Together, false, "search", () => new TranslationSearch(model.Model, model.Decoding).Find(sources, threads: 1));
        yield return (Together, true, "CaptionMany", () => Check([.. captioner.CaptionMany(images).Select(found => found[0])]));
    }

    private void Check(RnnCaption[] captions)
    {
        if (Array.Find(captions, caption => caption.Symbols.Count != workload.FoundLength) is { } other)
            throw new InvalidOperationException(
                $"Caption: expected {workload.FoundLength} symbols, got {other.Symbols.Count}. Both libraries must predict the same number of symbols.");
    }
}
