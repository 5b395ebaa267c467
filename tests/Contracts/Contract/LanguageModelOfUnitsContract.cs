using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>
/// The contract of the language model of a column of units: two layers with tied embeddings, windows that are shorter than the rows, label smoothing, an
/// exponential moving average.
/// </summary>
public sealed class LanguageModelOfUnitsContract : LanguageModelContract
{
    private const int Length = 6;

    protected override string GoldenName => "LanguageModelOfUnits";

    protected override RnnLanguageModelOptions Options => Tiny with
    {
        BackpropagationSteps = 4,
        LabelSmoothing = 0.001f,
        MinimumCount = 1,
        Network = Tiny.Network with { Cell = RnnCell.Gru, Layers = 2, TiedEmbeddings = true, LockedDropout = true, EmbeddingDropout = 0.05f },
        Training = Tiny.Training with { ExponentialMovingAverage = 0.9f, WeightDecay = 0.001f },
    };

    // Gradients end at the fourth unit, and label smoothing keeps the probabilities from 1.
    protected override double Tolerance => 0.15;

    // A row and its end are 7 predictions: windows of 4 and of 3.
    protected override int StepsPerBatch => 2;

    protected override int SymbolsOf(string name) => Units(name).Length;

    protected override IDataView Data(MLContext ml, int rows)
    {
        string[] names = Names(rows);
        return ml.LoadRows(rows, i => new Row { Id = i, Text = Units(names[i]), Numbers = [i, -i, i / 2f] });
    }

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Text"), ["input column 'Text'", "Vector<String>"], true),
        (Copy(ml, "Text", "Id"), ["input column 'Text'", "Vector<String>", "Single"], true),
    ];

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new string[][]
    {
        [], [""], ["a"], ["zzz", "qqq"], ["a", "", null!, "b"], ["😀", "\uD83D", "\uDE00x"], ["\0\u0001", "İ", "ı"], ["New York", "東京"],
        [.. Enumerable.Repeat("a", 3000)], [new string('x', 100_000), "b"],
    }.Select(units => new HardRow { Text = units }));

    /// <summary>Returns the first letters of a name; a vector in a file of text has a fixed size.</summary>
    private static string[] Units(string name) => [.. name.PadRight(Length, 'y').Take(Length).Select(letter => letter.ToString())];

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "not read";

        [VectorType(Length)]
        public string[] Text { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class HardRow
    {
        public string[] Text { get; set; } = [];
    }
}
