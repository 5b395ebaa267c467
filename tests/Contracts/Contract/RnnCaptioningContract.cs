using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Modules;
using MlNetRnn.Options;
using MlNetRnn.Sequences;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the captioning model: each syllable is a region of three values, with a box, and the words are the caption.</summary>
public class RnnCaptioningContract : TranslationContract
{
    private const int RegionSize = 3, Regions = 4;

    public override Type Trainer => typeof(RnnCaptioningTrainer);

    protected override string[] Inputs => ["Features", "Boxes"];

    protected override string[] Outputs => ["Caption", "Score", "NBest", "NBestScores", "Symbols", "Attention", "EncoderState", "End", "RegionBoxes"];

    protected override string NoRows => "expected at least one pair with a source in column 'Features' and a target in column 'Label', got none";

    protected virtual RnnCaptioningOptions Captioning { get; } = new()
    {
        FeaturesColumnName = "Features",
        TargetColumnName = "Label",
        BoxesColumnName = "Boxes",
        RegionSize = RegionSize,
        NBestColumnName = "NBest",
        NBestScoresColumnName = "NBestScores",
        SymbolsColumnName = "Symbols",
        AttentionColumnName = "Attention",
        EncoderStateColumnName = "EncoderState",
        EndColumnName = "End",
        RegionBoxesColumnName = "RegionBoxes",
        MinimumCount = 1,
        MaximumLength = 40,
        LabelSmoothing = 0.01f,
        Decoding = new RnnTranslationDecodingOptions { BeamWidth = 3, NBest = 2, MaximumLength = 6 },
        Network = new RnnCaptioningNetworkOptions { EmbeddingSize = 8, HiddenSize = 32, RegionVectorSize = 32, Dropout = 0.05f },
        Training = RnnTextClassificationContract.TinyTraining,
    };

    protected override RnnTranslationOptions Options => Captioning.ToTranslation(RegionSize);

    protected override IEnumerable<RnnTranslationNetworkOptions> Networks =>
        from attention in Enum.GetValues<RnnAttention>()
        from cell in new[] { RnnCell.Gru, RnnCell.Lstm }
        select Options.Network with { Attention = attention, Cell = cell };

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.Transforms.Text.RnnCaptioning(change is null ? Captioning : Captioning with { Training = change(Captioning.Training) });

    protected override IDataView Data(MLContext ml, int rows)
    {
        string[][] names = Syllables(rows);
        var random = new Random(5);
        return ml.LoadRows(rows, i => new Row
        {
            Id = i,
            Features = [.. names[i].SelectMany((syllable, place) => Look(syllable, place, random))],
            Boxes = [.. Enumerable.Range(0, Regions).SelectMany(place => new[] { place / 4f, 0, 0.25f, 1 })],
            Label = string.Join(' ', names[i]),
            Numbers = [i, -i, i / 2f],
        });
    }

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Features"), ["column 'Features'", "Vector<Single>"], true),
        (Copy(ml, "Features", "Id"), ["column 'Features'", "Vector<Single>", "Single"], true),
        (Drop(ml, "Boxes"), ["boxes column 'Boxes'", "Vector<Single>"], true),
        (Copy(ml, "Boxes", "Id"), ["boxes column 'Boxes'", "Vector<Single>", "Single"], true),
        (Drop(ml, "Label"), ["input column 'Label'", "String"], false),
    ];

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new float[][]
    {
        [], [50, 51, 52], [0, 0, 0], [-5, 1e-3f, 7], [float.NaN, 1, 2], [float.MaxValue, float.MinValue, 0],
        [float.PositiveInfinity, float.NegativeInfinity, 0], [1e30f, -1e30f, 1e-30f, 50, 51, 52],
        [.. Enumerable.Repeat(float.NaN, 30)], [.. Enumerable.Range(0, 1500).Select(i => 50f + i % 7)],
    }.Select(features => new HardRow { Features = features, Boxes = [.. Enumerable.Repeat(0.5f, features.Length / RegionSize * 4)] }));

    protected override double Validated(MLContext ml, ITransformer model, IDataView validation) => Bleu(ml, model, validation);

    private protected override InputLayer SourceLayer(ParameterSet encoder, RnnTranslationNetworkOptions options)
    {
        float[] ones = [.. Enumerable.Repeat(1f, FrameSize)];
        return new FrameInput(encoder, ones, ones, [.. ones.Select(one => 10 * one)]);
    }

    private protected override SequenceStore Sources()
    {
        var sources = new SequenceStore(FrameSize);
        for (int row = 0; row < 2; row++)
        {
            for (int region = 0; region < Regions; region++) sources.Add([.. Enumerable.Range(0, FrameSize).Select(i => MathF.Sin(row + 2 * region + 3 * i))]);
            sources.EndSequence();
        }
        return sources;
    }

    private int FrameSize => Options.FrameSize;

    /// <summary>Returns values that depend on the syllable and its place, with a little noise.</summary>
    private static float[] Look(string syllable, int place, Random random) =>
    [
        50 + 10 * MathF.Sin(syllable[0]) + random.NextSingle(), 50 + 10 * MathF.Sin(syllable[^1] + 1) + random.NextSingle(), 10 * place,
    ];

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "";

        [VectorType(RegionSize * Regions)]
        public float[] Features { get; set; } = [];

        [VectorType(4 * Regions)]
        public float[] Boxes { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class HardRow
    {
        public float[] Features { get; set; } = [];

        public float[] Boxes { get; set; } = [];
    }
}
