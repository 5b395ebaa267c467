using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Columns;

/// <summary>A vector of texts, each of which is a token, as TokenizeIntoWords creates it. The size may be fixed or variable.</summary>
internal sealed class TokensKind : SequenceKind
{
    public override string Name => "Tokens";

    public override string Description => "Vector<String>";

    public override bool Accepts(DataViewType type) => type is VectorDataViewType { ItemType: TextDataViewType };

    public override bool Accepts(SchemaShape.Column column) => column.IsVector() && column.ItemType is TextDataViewType;

    public override Func<ReadResult> OpenReader(
        DataViewRow source, DataViewSchema.Column column, SequenceReading reading, ITokenIndex index, SequenceStore target)
    {
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> get = source.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var writer = new TokenWriter(reading, index, target);
        VBuffer<ReadOnlyMemory<char>> tokens = default;
        return () =>
        {
            get(ref tokens);
            if (tokens.IsDense)
                foreach (ReadOnlyMemory<char> token in tokens.GetValues()) writer.Add(token.Span);
            else
                foreach (ReadOnlyMemory<char> token in tokens.DenseValues()) writer.Add(token.Span);
            return writer.End();
        };
    }
}
