using System.Text;

namespace MlNetRnn.Symbols;

/// <summary>Joins tokens: with one blank, or with blanks where a writer would set them (<see cref="WordSpacing"/>).</summary>
internal sealed class TokenDecoder(TokenCodec codec) : SymbolDecoder
{
    private readonly WordSpacing? _spacing = codec.Unit == RnnLanguageUnit.Word ? new WordSpacing() : null;
    private bool _hasBegun;

    public override void Append(int symbol, StringBuilder text)
    {
        string token = codec.TextOf(symbol);
        if (symbol == SymbolCodec.Boundary) return;
        if (_spacing is null ? _hasBegun : _spacing.NeedsBlankBefore(token)) text.Append(' ');
        _hasBegun = true;
        text.Append(token);
    }

    public override void Flush(StringBuilder text)
    {
        _hasBegun = false;
        _spacing?.Reset();
    }

    public override void SkipBlank()
    {
        _hasBegun = false;
        _spacing?.SkipBlank();
    }

    protected override void Save(BinaryWriter writer)
    {
        writer.Write(_hasBegun);
        _spacing?.Save(writer);
    }

    protected override void Restore(BinaryReader reader)
    {
        _hasBegun = reader.ReadBoolean();
        _spacing?.Restore(reader);
    }
}
