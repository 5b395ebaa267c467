using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the language model of characters, whose rows are documents.</summary>
public sealed class RnnLanguageModelContract : LanguageModelContract
{
    protected override RnnLanguageModelOptions Options => Tiny;

    protected override int SymbolsOf(string name) => name.Length;

    protected override IDataView Data(MLContext ml, int rows)
    {
        string[] names = Names(rows);
        return ml.LoadRows(rows, i => new Row { Id = i, Text = names[i], Numbers = [i, -i, i / 2f] });
    }

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Text"), ["input column 'Text'", "String"], true),
        (Copy(ml, "Text", "Id"), ["input column 'Text'", "String", "Single"], true),
        (Copy(ml, "Text", "Numbers"), ["input column 'Text'", "String", "Vector<Single"], true),
    ];

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new[]
    {
        "", "   ", "a", "zzz qqq xxx", "anbe 😀👩‍👩‍👧 do", "\uD83D broken \uDE00", null, "\0\u0001", "İstanbul ıI", "an\tbe\ndo", "東京 は 雨",
        string.Concat(Enumerable.Repeat("anbe", 500)), new string('x', 3000),
    }.Select(text => new HardRow { Text = text! }));

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "not read";

        public string Text { get; set; } = "";

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class HardRow
    {
        public string Text { get; set; } = "";
    }
}
