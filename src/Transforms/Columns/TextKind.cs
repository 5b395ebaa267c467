using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Columns;

/// <summary>A text that is split into tokens by the <see cref="RnnTokenization"/> of the model. Missing text is empty text.</summary>
internal sealed class TextKind : SequenceKind
{
    public override string Name => "Text";

    public override string Description => "String";

    public override bool CutsText => true;

    public override bool Accepts(DataViewType type) => type is TextDataViewType;

    public override bool Accepts(SchemaShape.Column column) => column.IsScalar() && column.ItemType is TextDataViewType;

    public override Func<ReadResult> OpenReader(
        DataViewRow source, DataViewSchema.Column column, SequenceReading reading, ITokenIndex index, SequenceStore target)
    {
        ValueGetter<ReadOnlyMemory<char>> get = source.GetGetter<ReadOnlyMemory<char>>(column);
        Tokenizer tokenize = Tokenizers.Get(reading.Tokenization, Math.Max(1, reading.WordRules));
        var writer = new TokenWriter(reading, index, target);
        TokenAction add = writer.Add;
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            get(ref text);
            tokenize(text.Span, add);
            return writer.End();
        };
    }
}
