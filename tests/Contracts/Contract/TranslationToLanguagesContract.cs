using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Modules;
using MlNetRnn.Sequences;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the translation model of several languages: one keeps the order of the syllables, the other one reverses it.</summary>
public sealed class TranslationToLanguagesContract : TranslationContract
{
    private static readonly string[] Targets = ["forward", "backward"];

    protected override string GoldenName => "TranslationToLanguages";

    protected override string[] Inputs => ["Source", "To"];

    protected override RnnTranslationOptions Options => Tiny with
    {
        SourceLanguageColumnName = "From",
        TargetLanguageColumnName = "To",
        TargetUnit = null,
        Unit = RnnLanguageUnit.Word,
        JointVocabulary = true,
        Network = Tiny.Network with { SharedEmbeddings = true, TiedEmbeddings = true, EmbeddingDropout = 0.02f },
    };

    protected override IEnumerable<RnnTranslationNetworkOptions> Networks =>
        from attention in Enum.GetValues<RnnAttention>()
        select Tiny.Network with { Attention = attention, EncoderHiddenSize = attention == RnnAttention.Dot ? 8 : null };

    protected override IDataView Data(MLContext ml, int rows)
    {
        string[][] names = Syllables(rows);
        return ml.LoadRows(rows, i => new Row
        {
            Id = i,
            Source = string.Join(' ', names[i]),
            From = i % 3 == 0 ? "old" : "new",
            To = Targets[i % 2],
            Label = string.Join(' ', i % 2 == 0 ? names[i] : names[i].Reverse()),
            Numbers = [i, -i, i / 2f],
        });
    }

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Source"), ["input column 'Source'", "String"], true),
        (Drop(ml, "To"), ["language column 'To'", "String"], true),
        (Copy(ml, "To", "Id"), ["language column 'To'", "String", "Single"], true),
        (Drop(ml, "From"), ["language column 'From'", "String"], false),
    ];

    protected override IDataView HardRows(MLContext ml)
    {
        string?[] texts = ["", "   ", "a", "zzz qqq xxx", "an 😀 do", "\uD83D broken \uDE00", null, "\0\u0001", "<2backward>", string.Join(' ', new int[3000])];
        return ml.LoadRows(texts.Length, i => new HardRow { Source = texts[i]!, To = Targets[i % 2] });
    }

    protected override double Validated(MLContext ml, ITransformer model, IDataView validation)
    {
        RnnTranslator translator = ml.Rnn().CreateTranslator(model);
        string[] sources = [.. validation.GetColumn<string>("Source")], targets = [.. validation.GetColumn<string>("Label")];
        RnnTranslation[] scored = [.. validation.GetColumn<string>("To").Select((to, i) => translator.Score([sources[i]], [targets[i]], to)[0])];
        return scored.Sum(pair => pair.Score) / scored.Sum(pair => pair.Symbols.Count);
    }

    private protected override InputLayer SourceLayer(ParameterSet encoder, RnnTranslationNetworkOptions options) => TaggedLayer(encoder, options);

    private protected override SequenceStore Sources() => TaggedSources();

    private sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "";

        public string Source { get; set; } = "";

        public string From { get; set; } = "";

        public string To { get; set; } = "";

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class HardRow
    {
        public string Source { get; set; } = "";

        public string To { get; set; } = "";
    }
}
