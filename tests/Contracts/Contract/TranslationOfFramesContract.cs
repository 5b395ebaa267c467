using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Modules;
using MlNetRnn.Sequences;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the translation model of recordings: two frames of three values for each syllable are translated to words.</summary>
public sealed class TranslationOfFramesContract : TranslationContract
{
    private const int FrameSize = 3, Steps = 8;

    protected override string GoldenName => "TranslationOfFrames";

    protected override RnnTranslationOptions Options => Tiny with
    {
        FrameSize = FrameSize,
        Metric = RnnTranslationMetric.Bleu,
        Sampling = RnnTargetSampling.Uniform,
        Network = Tiny.Network with { Cell = RnnCell.GruResetAfter, Bidirectional = true, EncoderHiddenSize = 8, Attention = RnnAttention.Dot },
    };

    protected override IEnumerable<RnnTranslationNetworkOptions> Networks =>
        from attention in Enum.GetValues<RnnAttention>()
        select Tiny.Network with { Attention = attention, Bidirectional = true, EncoderHiddenSize = 8 };

    protected override IDataView Data(MLContext ml, int rows)
    {
        string[][] names = Syllables(rows);
        var random = new Random(5);
        return ml.LoadRows(rows, i => new Row
        {
            Id = i,
            Source = [.. names[i].SelectMany(syllable => Sound(syllable, random))],
            Label = string.Join(' ', names[i]),
            Numbers = [i, -i, i / 2f],
        });
    }

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Source"), ["input column 'Source'", "Vector<Single> with FrameSize"], true),
        (Copy(ml, "Source", "Id"), ["input column 'Source'", "Vector<Single>", "Single"], true),
        (Drop(ml, "Label"), ["input column 'Label'", "String"], false),
    ];

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new float[][]
    {
        [], [1], [50, 51, 52], [float.NaN, 1, 2], [float.PositiveInfinity, float.NegativeInfinity, 0], [1e30f, -1e30f, 1e-30f], [50, 51, 52, 53],
        [.. Enumerable.Repeat(float.NaN, 30)], [.. Enumerable.Range(0, 6000).Select(i => 50f + i % 7)],
    }.Select(frames => new HardRow { Source = frames }));

    protected override double Validated(MLContext ml, ITransformer model, IDataView validation) => Bleu(ml, model, validation);

    private protected override InputLayer SourceLayer(ParameterSet encoder, RnnTranslationNetworkOptions options) =>
        new FrameInput(encoder, [1, 2, 3], [1, 1, 2], [10, 10, 10]);

    private protected override SequenceStore Sources()
    {
        var sources = new SequenceStore(FrameSize);
        for (int row = 0; row < 2; row++)
        {
            sources.Add([1f, 5, 2]);
            sources.Add([2f, float.NaN, 1]);
            if (row > 0) sources.Add([0f, 1, 2]);
            sources.EndSequence();
        }
        return sources;
    }

    /// <summary>Returns two frames, whose values depend on the letters, with a little noise.</summary>
    private static float[] Sound(string syllable, Random random)
    {
        float[] letters = [.. Enumerable.Range(0, 2 * FrameSize).Select(i => (float)syllable[i % syllable.Length])];
        return [.. letters.Select((letter, i) => 50 + 10 * MathF.Sin(letter + i) + random.NextSingle())];
    }

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "";

        [VectorType(FrameSize * Steps)]
        public float[] Source { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class HardRow
    {
        public float[] Source { get; set; } = [];
    }
}
