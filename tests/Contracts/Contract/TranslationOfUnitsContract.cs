using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>
/// The contract of the translation model of units: letters are translated to keys, with general attention, input feeding and scheduled sampling.
/// </summary>
public sealed class TranslationOfUnitsContract : TranslationContract
{
    private const int Length = 8;

    protected override string GoldenName => "TranslationOfUnits";

    protected override string Reference => "Joined";

    protected override RnnTranslationOptions Options => Tiny with
    {
        Metric = RnnTranslationMetric.Bleu,
        Sampling = RnnTargetSampling.Scheduled,
        SamplingSchedule = RnnSamplingSchedule.InverseSigmoid,
        Decoding = Tiny.Decoding with { CoveragePenalty = 0.1f },
        Network = Tiny.Network with
        {
            Attention = RnnAttention.General,
            InputFeeding = true,
            Cell = RnnCell.Lstm,
            HiddenSize = 12,
            EncoderHiddenSize = 8,
            TiedEmbeddings = true,
        },
        Training = Tiny.Training with { ExponentialMovingAverage = 0.5f, WeightDecay = 0.001f },
    };

    protected override IEnumerable<RnnTranslationNetworkOptions> Networks =>
        from cell in new[] { RnnCell.Gru, RnnCell.Lstm }
        from attention in new[] { RnnAttention.Dot, RnnAttention.General }
        from feeding in new[] { false, true }
        select Tiny.Network with
        {
            Cell = cell,
            Attention = attention,
            InputFeeding = feeding,
            TiedEmbeddings = feeding,
            Layers = 2,
            EncoderHiddenSize = attention == RnnAttention.Dot ? 8 : 5,
        };

    protected override IDataView Data(MLContext ml, int rows)
    {
        string[][] names = Syllables(rows);
        return ml.LoadRows(rows, i => new Row
        {
            Id = i,
            Source = Letters(string.Concat(names[i])),
            Label = names[i],
            Joined = string.Join(' ', names[i]),
            Numbers = [i, -i, i / 2f],
        });
    }

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Source"), ["input column 'Source'", "Vector<String>"], true),
        (Copy(ml, "Source", "Id"), ["input column 'Source'", "Vector<String>", "Single"], true),
        (Drop(ml, "Label"), ["input column 'Label'", "Vector<Key>"], false),
        (Copy(ml, "Label", "Numbers"), ["input column 'Label'", "Vector<Single"], false),
    ];

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new string[][]
    {
        [], [""], ["a"], ["zzz", "qqq"], ["a", "", null!, "b"], ["😀", "\uD83D", "\uDE00x"], ["\0\u0001", "İ", "ı"], ["New York", "東京"],
        [.. Enumerable.Repeat("a", 3000)], [new string('x', 100_000), "b"],
    }.Select(units => new HardRow { Source = units }));

    protected override double Validated(MLContext ml, ITransformer model, IDataView validation) => Bleu(ml, model, validation);

    /// <summary>Returns the first letters of a name; a vector in a file of text has a fixed size.</summary>
    private static string[] Letters(string name) => [.. name.PadRight(Length, 'y').Take(Length).Select(letter => letter.ToString())];

    private sealed class Row
    {
        public float Id { get; set; }

        [VectorType(4)]
        public string[] Label { get; set; } = [];

        public string Joined { get; set; } = "";

        [VectorType(Length)]
        public string[] Source { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class HardRow
    {
        public string[] Source { get; set; } = [];
    }
}
