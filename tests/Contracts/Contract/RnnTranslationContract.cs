using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the translation model of texts: characters are translated to words, with additive attention.</summary>
public sealed class RnnTranslationContract : TranslationContract
{
    protected override RnnTranslationOptions Options => Tiny;

    protected override IEnumerable<RnnTranslationNetworkOptions> Networks =>
        from cell in Enum.GetValues<RnnCell>()
        where cell != RnnCell.None
        from attention in new[] { RnnAttention.None, RnnAttention.Additive }
        select Tiny.Network with { Cell = cell, Attention = attention, Layers = 2, TiedEmbeddings = cell == RnnCell.Lstm };

    protected override IDataView Data(MLContext ml, int rows)
    {
        string[][] names = Syllables(rows);
        return ml.LoadRows(rows, i => new Row { Id = i, Source = string.Concat(names[i]), Label = string.Join(' ', names[i]), Numbers = [i, -i, i / 2f] });
    }

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Source"), ["input column 'Source'", "String"], true),
        (Copy(ml, "Source", "Id"), ["input column 'Source'", "String", "Single"], true),
        (Copy(ml, "Source", "Numbers"), ["input column 'Source'", "String", "Vector<Single"], true),
        (Drop(ml, "Label"), ["input column 'Label'", "String"], false),
        (Copy(ml, "Label", "Id"), ["input column 'Label'", "String", "Single"], false),
    ];

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new[]
    {
        "", "   ", "a", "zzz qqq xxx", "anbe 😀👩‍👩‍👧 do", "\uD83D broken \uDE00", null, "\0\u0001", "İstanbul ıI", "an\tbe\ndo", "東京 は 雨",
        string.Concat(Enumerable.Repeat("anbe", 500)), new string('x', 3000),
    }.Select(text => new HardRow { Source = text! }));

    /// <summary>The metric of the validation pairs is their log-probability per symbol.</summary>
    protected override double Validated(MLContext ml, ITransformer model, IDataView validation)
    {
        IReadOnlyList<RnnTranslation> scored = ml.Rnn().CreateTranslator(model).Score(
            [.. validation.GetColumn<string>("Source")], [.. validation.GetColumn<string>("Label")]);
        return scored.Sum(pair => pair.Score) / scored.Sum(pair => pair.Symbols.Count);
    }

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "";

        public string Source { get; set; } = "";

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class HardRow
    {
        public string Source { get; set; } = "";
    }
}
